// SPDX-License-Identifier: Apache-2.0
#include "gateway/decision.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <string>

namespace sekisho::gateway
{

TEST_CASE("who is signed in is let through, who is not only where everybody is", "[gateway]")
{
    const auto [method, path, is_signed_in, expected] =
        GENERATE(table<std::string, std::string, bool, verdict>({
            {"GET", "/private", true, verdict::forward},
            {"GET", "/private", false, verdict::sign_in},
            {"GET", "/public/a", false, verdict::forward},
            {"GET", "/public/a", true, verdict::forward},
            {"POST", "/public/a", false, verdict::forward},
            {"OPTIONS", "/private", false, verdict::sign_in}, // no method is a way around
            {"HEAD", "/private", false, verdict::sign_in},
            {"OPTIONS", "*", false, verdict::sign_in},
            {"GET", "/publicity", false, verdict::sign_in},
            {"GET", "", false, verdict::sign_in},
        }));
    CAPTURE(method, path);
    const auto policy = access::policy::parse({"/public/*"}).value();
    context about;
    about.path = path;
    if (is_signed_in)
        about.session = std::make_shared<const session::opened_session>(test::sample_session(), "");
    CHECK(decide(method, about, policy) == expected);
}

TEST_CASE("a session that shows too little is stepped up, and nobody's request is", "[gateway]")
{
    const access::policy policy(
        {}, {{access::path_pattern::parse("/admin/*").value(), {{"urn:hardware"}, {}}}}
    );
    context about;
    about.path = "/admin/users";
    CHECK(decide("GET", about, policy) == verdict::sign_in);
    CHECK(unmet("GET", about, policy) == nullptr);
    auto session = test::sample_session();
    about.session = std::make_shared<const session::opened_session>(session, "");
    CHECK(decide("GET", about, policy) == verdict::step_up);
    CHECK(decide("POST", about, policy) == verdict::step_up);
    REQUIRE(unmet("GET", about, policy) != nullptr);
    session.acr = "urn:hardware";
    about.session = std::make_shared<const session::opened_session>(session, "");
    CHECK(decide("GET", about, policy) == verdict::forward);
    about.path = "/reports";
    CHECK(decide("GET", about, policy) == verdict::forward);
}

TEST_CASE("without public paths everything needs a session", "[gateway]")
{
    context about;
    about.path = "/";
    CHECK(decide("GET", about, access::policy()) == verdict::sign_in);
}

} // namespace sekisho::gateway
