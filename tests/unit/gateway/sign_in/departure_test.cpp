// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/departure.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;

namespace
{

provider::configuration wishful()
{
    provider::configuration made;
    made.wishes.prompt = "consent";
    made.wishes.max_age = 3600s;
    made.wishes.acr_values = {"low"};
    made.wishes.domain_hint = "corp";
    made.wishes.extra = {{"screen", "narrow"}, {"hd", "*"}};
    return made;
}

std::string extra_of(const oidc::authorization_request& request, std::string_view name)
{
    for (const auto& each : request.extra)
        if (each.name == name)
            return each.value; // the first counts
    return {};
}

} // namespace

TEST_CASE("what is configured is asked for", "[gateway]")
{
    const auto request = request_of(wishful(), {}, next_time::as_usual);
    CHECK(request.prompt == "consent");
    CHECK(request.max_age == 3600s);
    CHECK(request.acr_values == std::vector<std::string>{"low"});
    CHECK(request.domain_hint == "corp");
    CHECK(extra_of(request, "screen") == "narrow");
}

TEST_CASE("what a link may say stands in place of what is configured", "[gateway]")
{
    journey what;
    what.said = {{"prompt", "create"}, {"login_hint", "a@b.example"}, {"screen", "wide"}};
    const auto request = request_of(wishful(), what, next_time::as_usual);
    CHECK(request.prompt == "create");
    CHECK(request.login_hint == "a@b.example");
    CHECK(extra_of(request, "screen") == "wide");
    CHECK(extra_of(request, "hd") == "*");
}

TEST_CASE("a link makes max_age stricter and never looser", "[gateway]")
{
    const auto [said, expected] = GENERATE(table<std::string, std::chrono::seconds>({
        {"60", 60s},
        {"0", 0s},
        {"99999", 3600s},
        {"-1", 3600s},
        {"1e9", 3600s},
        {"", 3600s},
        {"99999999999999999999", 3600s},
    }));
    CAPTURE(said);
    journey what;
    what.said = {{"max_age", said}};
    CHECK(request_of(wishful(), what, next_time::as_usual).max_age == expected);
}

TEST_CASE("a path's demand wins over wishes", "[gateway]")
{
    journey what;
    what.said = {{"acr_values", "weak"}};
    what.demand = {{"urn:mfa", "phr"}, 300s};
    auto request = request_of(wishful(), what, next_time::as_usual);
    CHECK(request.acr_values == std::vector<std::string>{"urn:mfa", "phr"});
    CHECK(request.max_age == 300s);
    CHECK(request.prompt == "consent");
    what.demand.max_age = 0s; // which some providers take for none
    request = request_of({}, what, next_time::as_usual);
    CHECK(request.max_age == 0s);
    CHECK(request.prompt == "login");
}

TEST_CASE("after a sign-out that the provider was not told of, it asks who it is", "[gateway]")
{
    CHECK(request_of({}, {}, next_time::ask_who).prompt == "select_account");
    CHECK(request_of({}, {}, next_time::as_usual).prompt.empty());
    CHECK(request_of(wishful(), {}, next_time::ask_who).prompt == "consent");
}

TEST_CASE(
    "a path's own parameters stand in place of what is configured, and a link's in place of them", "[gateway]"
)
{
    access::step_up_rule rule{access::path_pattern::parse("/reports/*").value(), {}};
    rule.parameters = {{"screen", "wide"}, {"prompt", "login"}, {"audience", "reports"}, {"new", "x"}};
    journey what;
    what.at = &rule;
    auto request = request_of(wishful(), what, next_time::as_usual);
    CHECK(request.prompt == "login");
    CHECK(request.audience == "reports");
    CHECK(request.acr_values == std::vector<std::string>{"low"});
    CHECK(extra_of(request, "screen") == "wide");
    CHECK(extra_of(request, "new") == "x");
    CHECK(extra_of(request, "hd") == "*");
    what.said = {{"screen", "tall"}, {"prompt", "create"}};
    request = request_of(wishful(), what, next_time::as_usual);
    CHECK(extra_of(request, "screen") == "tall");
    CHECK(request.prompt == "create");
}

TEST_CASE("the scopes of the provider, the path and the session before are asked for, each once", "[gateway]")
{
    const access::step_up_rule rule{
        access::path_pattern::parse("/reports/*").value(),
        {.acr = {}, .max_age = {}, .scopes = {"read", "email"}}
    };
    journey what;
    what.at = &rule;
    what.demand.scopes = {"read", "write"};
    what.granted = "write files";
    const auto request = request_of({}, what, next_time::as_usual);
    CHECK(request.scopes == std::vector<std::string>{"openid", "profile", "email", "read", "write", "files"});
    CHECK(request_of({}, {}, next_time::as_usual).scopes == provider::configuration().scopes);
}
