// SPDX-License-Identifier: Apache-2.0
// Entra's people in more groups than a token holds: Microsoft Graph page by page, tried again, remembered;
// and no sign-in with fewer groups than there are.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

const std::string tenant = "11111111-2222-3333-4444-555555555555";
const std::string graph = "/v1.0/me/transitiveMemberOf/microsoft.graph.group";
const json_value all_groups{"g-1", "g-2", "g-3"};

settings::sources at_entra(settings::environment more = {})
{
    more.try_emplace("OIDC_ISSUER", "https://login.microsoftonline.com/" + tenant + "/v2.0");
    return written("entra", more);
}

// Graph with two pages, for who comes with the token of this sign-in; `refusals` come first.
struct many_groups
{
    preset_house& entra;
    std::vector<net::incoming_response> refusals{};

    explicit many_groups(preset_house& at) : entra(at)
    {
        entra.peer().claims.update({{"oid", "o-1"}, {"tid", tenant}, {"hasgroups", true}});
        entra.peer().instead[graph] = [this](const net::outgoing_request& asked) { return page(asked); };
    }

    result<net::incoming_response> page(const net::outgoing_request& asked)
    {
        if (!refusals.empty())
        {
            auto first = refusals.front();
            refusals.erase(refusals.begin());
            return first;
        }
        if (field_of(asked, "Authorization") != "Bearer at-1" || asked.target.host() != "graph.microsoft.com")
            return json_reply({{"error", {{"code", "InvalidAuthenticationToken"}}}}, 401);
        if (has(asked.target.text(), "$skiptoken=2"))
            return json_reply({{"value", {{{"id", "g-3"}}}}});
        return json_reply(
            {{"value", {{{"id", "g-1"}}, {{"id", "g-2"}}}},
             {"@odata.nextLink", "https://graph.microsoft.com" + graph + "?$skiptoken=2"}}
        );
    }
};

net::incoming_response busy(int status) { return {status, {{"Retry-After", "0"}}, ""}; }

} // namespace

TEST_CASE("all pages of Graph are the groups of one sign-in, and of the next for some minutes", "[flow]")
{
    preset_house entra(at_entra());
    many_groups at(entra);
    CHECK(entra.person()["groups"] == all_groups);
    CHECK(entra.peer().asked(graph) == 2);
    entra.become_somebody_else();
    CHECK(entra.person()["groups"] == all_groups);
    CHECK(entra.peer().asked(graph) == 2);
    entra.here.now += std::chrono::minutes(6);
    entra.peer().claims["exp"] = opening + 900;
    entra.become_somebody_else();
    CHECK(entra.person()["groups"] == all_groups);
    CHECK(entra.peer().asked(graph) == 4);
}

TEST_CASE("Graph that is busy is asked again, and given up with a name", "[flow]")
{
    const auto [refusals, is_let_in] = GENERATE(table<int, bool>({{1, true}, {2, true}, {3, false}}));
    const auto status = GENERATE(429, 503);
    CAPTURE(refusals, status);
    preset_house entra(at_entra());
    many_groups at(entra);
    at.refusals.assign(static_cast<std::size_t>(refusals), busy(status));
    const auto back = entra.sign_in();
    CHECK(entra.here.is_signed_in() == is_let_in);
    CHECK(has(back.body, "oidc_directory_failure") != is_let_in);
}

TEST_CASE("a failure of Graph is not remembered: the next sign-in has all groups", "[flow]")
{
    preset_house entra(at_entra());
    many_groups at(entra);
    at.refusals = {json_reply({{"error", {{"code", "Authorization_RequestDenied"}}}}, 403)};
    CHECK(has(entra.sign_in().body, "oidc_directory_failure"));
    CHECK_FALSE(entra.here.is_signed_in());
    CHECK(entra.person()["groups"] == all_groups);
}

TEST_CASE("a page of Graph's list that leads elsewhere, or that is broken, signs nobody in", "[flow]")
{
    preset_house entra(at_entra());
    many_groups at(entra);
    const auto body = GENERATE(
        R"({"value":[{"id":"g-1"}],"@odata.nextLink":"https://evil.example/v1.0/me"})",
        R"({"value":[{"id":"g-1"},{"displayName":"no id"}]})",
        R"({"value":[{"id":7}]})",
        R"({"value":"g-1"})",
        R"({"value":[)"
    );
    CAPTURE(body);
    at.refusals = {net::incoming_response{200, {}, body}};
    CHECK(has(entra.sign_in().body, "oidc_directory_failure"));
    CHECK_FALSE(entra.here.is_signed_in());
    CHECK_FALSE(has(entra.asked_addresses(), "evil.example"));
}

TEST_CASE(
    "whatever stands where Entra says that there are too many groups, it is never \"no groups\"", "[flow]"
)
{
    const auto [claims, is_let_in] = GENERATE(table<std::string, bool>({
        {R"({"hasgroups":true})", false},
        {R"({"hasgroups":"true"})", false},
        {R"({"hasgroups":1})", false},
        {R"({"hasgroups":true,"groups":[]})", false},
        {R"({"_claim_names":{"groups":"src1"}})", false},
        {R"({"_claim_names":{"groups":["src1"]}})", false},
        {R"({"hasgroups":false})", true},
        {R"({"hasgroups":true,"groups":["g-1"]})", true},
    }));
    const std::string chain = GENERATE("groups", "/groups");
    CAPTURE(claims, chain);
    preset_house entra(at_entra({{"OIDC_GROUPS_FROM", "claims"}, {"OIDC_GROUPS_CLAIM", chain}}));
    entra.peer().claims.update({{"oid", "o-1"}, {"tid", tenant}});
    entra.peer().claims.update(json_value::parse(claims));
    const auto back = entra.sign_in();
    CHECK(entra.here.is_signed_in() == is_let_in);
    CHECK(has(back.body, "oidc_identity_unusable") != is_let_in);
}
