// SPDX-License-Identifier: Apache-2.0
#include "oidc/userinfo.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE(
    "OIDCCClientTestUserinfoBearerHeader: the access token goes into the header (RFC 6750, 2.1)", "[oidc]"
)
{
    const http::owned_fields expected{{"Authorization", "Bearer the-token"}, {"Accept", "application/json"}};
    CHECK(userinfo_fields(secret("the-token")) == expected);
}

TEST_CASE("a UserInfo answer is accepted only for the same subject (Core 5.3.2 and 5.3.4)", "[oidc]")
{
    const std::string failure = "oidc_userinfo_failure at userinfo";
    const auto [rule, status, type, body, expected] =
        GENERATE_COPY(table<std::string, int, std::string, std::string, std::string>({
            {"good", 200, "application/json", R"({"sub":"alice"})", "ok"},
            {"charset", 200, "application/json; charset=utf-8", R"({"sub":"alice"})", "ok"},
            {"OIDCCClientTestInvalidSubInUserinfoResponse",
             200,
             "application/json",
             R"({"sub":"bob"})",
             failure + ".sub"},
            {"sub missing", 200, "application/json", "{}", failure + ".sub"},
            {"sub empty", 200, "application/json", R"({"sub":""})", failure + ".sub"},
            {"sub list", 200, "application/json", R"({"sub":["alice"]})", failure + ".sub"},
            {"sub of another case", 200, "application/json", R"({"sub":"Alice"})", failure + ".sub"},
            {"mod_auth_openidc 2026: an array", 200, "application/json", R"([{"sub":"alice"}])", failure},
            {"twice", 200, "application/json", R"({"sub":"alice","sub":"bob"})", failure},
            {"OIDCCClientTestSignedUserinfo", 200, "application/jwt", "a.b.c", failure},
            {"status", 401, "application/json", R"({"sub":"alice"})", failure},
            {"status", 204, "", "", failure},
            {"CVE-2026-48042: nested", 200, "application/json", std::string(1'000'000, '['), failure},
        }));
    CAPTURE(rule);
    CHECK(test::outcome(parse_userinfo(status, type, body, subject("alice"))) == expected);
}

TEST_CASE("an empty expected subject matches nobody", "[oidc]")
{
    CHECK_FALSE(parse_userinfo(200, "application/json", R"({"sub":""})", subject()));
    CHECK_FALSE(parse_userinfo(200, "application/json", "{}", subject()));
}

TEST_CASE("a signed answer is refused with what to do", "[oidc]")
{
    const auto refused = parse_userinfo(200, "application/jwt", "a.b.c", subject("alice"));
    CHECK_THAT(test::detail(refused), Catch::Matchers::Contains("plain JSON"));
}

TEST_CASE("the ID token's claims win over UserInfo's", "[oidc]")
{
    const auto id_token = claims::parse(R"({"sub":"alice","email":"id@x"})", "t").value();
    const auto userinfo = claims::parse(R"({"sub":"alice","email":"ui@x","groups":["g"]})", "t").value();
    CHECK(merge(id_token, userinfo).to_text() == R"({"email":"id@x","groups":["g"],"sub":"alice"})");
}
