// SPDX-License-Identifier: Apache-2.0
// Where a sign-out leads to, and where it never does.
#include "flow/house.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

constexpr std::string_view at_provider = "https://idp.example/end?";

// What addresses of an open redirect look like (advisories.md); none of them may lead anywhere but to our own
// host.
const std::vector<std::string> hostile_addresses{
    "//evil.example",
    "https:evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\\\evil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0a//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "///evil.example",
    "////evil.example",
    "/%2f/evil.example",
    "/%2f%2fevil.example",
    "http://app.example.com@evil.example/",
    "https://app.example.com.evil.example/",
    "https://app.example.com:8443/",
    "https://app.example.com\\@evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/..//evil.example",
    "/./\\evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "//app.example.com@evil.example",
    "/\x01/evil.example",
    "http:\\\\evil.example",
    "/;@evil.example/..//evil.example",
    "https://badapp.example.com",
    "//%65vil.example",
    "/.//evil.example",
};

bool stays_here(const std::string& location)
{
    if (location.empty() || location.front() != '/' || location.starts_with("//") ||
        location.starts_with("/\\"))
        return false;
    for (const char each : location)
        if (static_cast<unsigned char>(each) <= 0x20 || each == '\\')
            return false;
    return !has(location, "/%09") && !has(location, "/%0a") && !has(location, "/%5c") &&
           !has(location, "/%2f");
}

} // namespace

TEST_CASE("the return address of a sign-out is remembered over the provider", "[flow]")
{
    house here;
    here.sign_in();
    const auto to = here.get("/logout?return_to=%2Fbye%3Fx%3D1").field("Location");
    CHECK_FALSE(has(to, "bye"));
    const auto state =
        GENERATE_COPY("?state=" + parameter_of(to, "state"), std::string()); // Cognito brings none back
    const auto landed = here.get("/logout" + state, errand::link_elsewhere);
    CHECK(landed.status == 303);
    CHECK(landed.field("Location") == "/bye?x=1");
    CHECK(here.get("/logout", errand::link_elsewhere).status == 200); // only once
}

TEST_CASE(
    "CVE-2017-1000070, CVE-2020-5233, CVE-2020-11053, CVE-2020-4037, CVE-2021-32786, CVE-2021-39191: sign-in "
    "leads nowhere else",
    "[flow]"
)
{
    const auto candidate = GENERATE(from_range(hostile_addresses));
    CAPTURE(candidate);
    house here;
    const auto there = here.leave(with_query_parameter("/oidc/login", "return_to", candidate));
    const auto back = here.come_back(there);
    CHECK(back.status == 303);
    CHECK(stays_here(back.field("Location")));
    // Already signed in: no detour over the provider.
    CHECK(stays_here(here.get(with_query_parameter("/oidc/login", "return_to", candidate)).field("Location"))
    );
}

TEST_CASE("CVE-2019-14857, CVE-2019-20479, CVE-2022-23527: sign-out leads nowhere else", "[flow]")
{
    const auto candidate = GENERATE(from_range(hostile_addresses));
    CAPTURE(candidate);
    house here;
    const auto nobody = here.get(with_query_parameter("/logout", "return_to", candidate));
    CHECK((nobody.status == 200 || stays_here(nobody.field("Location"))));
    CHECK(nobody.field("Location") != "/"); // which would begin another sign-in
    here.sign_in();
    const auto to = here.get(with_query_parameter("/logout", "return_to", candidate)).field("Location");
    CHECK(to.starts_with(at_provider));
    const auto landed = here.get("/logout?state=" + parameter_of(to, "state"), errand::link_elsewhere);
    CHECK((landed.status == 200 || stays_here(landed.field("Location"))));
    CHECK(landed.field("Location") != "/");
}

TEST_CASE("an altered sign-out cookie leads nowhere", "[flow]")
{
    house here;
    site from;
    from.path = "/logout";
    const auto value =
        GENERATE(".Ly9ldmls", "x", "s.!!", "s.Ly9ldmlsLmV4YW1wbGU"); // the last: "//evil.example"
    here.jar.take(
        std::string("__Secure-sekisho_signin_end=") + value + "; Path=/logout; Secure; HttpOnly",
        from,
        here.now
    );
    const auto landed = here.get("/logout?state=s", errand::link_elsewhere);
    CHECK((landed.status == 200 || landed.field("Location") == "/"));
}
