// SPDX-License-Identifier: Apache-2.0
// Whose account it is: tenants behind one template, hosted domains, and the two tokens of a hybrid sign-in.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/oidc/id_token_fixture.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using namespace sekisho::oidc::id_token_tests;
using test::outcome;
using test::signing_key;

namespace
{

const std::string tenant = "11111111-aaaa-4bbb-8ccc-222222222222";

claims of(const json& value) { return claims::parse(value.dump(), "test").value(); }

} // namespace

TEST_CASE("behind a template the token's own tenant makes the issuer, and must be let in", "[oidc]")
{
    const std::string mismatch = "oidc_issuer_mismatch at id_token.iss";
    const auto v2 = "https://login.example/" + tenant + "/v2.0";
    const auto [rule, iss, tid, expected] = GENERATE_COPY(table<std::string, json, json, std::string>({
        {"the tenant's", v2, tenant, "ok"},
        {"the template itself", "https://login.example/{tenantid}/v2.0", "{tenantid}", mismatch},
        {"no tid", v2, nullptr, mismatch},
        {"tid is no text", v2, 7, mismatch},
        {"an empty tid", "https://login.example//v2.0", "", mismatch},
        {"tid of another than iss", v2, "33333333-aaaa-4bbb-8ccc-222222222222", mismatch},
        {"iss of another than tid", "https://login.example/other/v2.0", tenant, mismatch},
        {"a path for a tid", "https://login.example/a/b/v2.0", "a/b", mismatch},
        {"v1 where v2 is configured", "https://sts.windows.net/" + tenant + "/", tenant, mismatch},
        {"another tenant, both right",
         "https://login.example/33333333-aaaa-4bbb-8ccc-222222222222/v2.0",
         "33333333-aaaa-4bbb-8ccc-222222222222",
         "oidc_account_not_allowed at id_token.tid"},
    }));
    CAPTURE(rule);
    auto wanted = expectations("https://login.example/{tenantid}/v2.0");
    wanted.tenants = {"99999999-aaaa-4bbb-8ccc-222222222222", "11111111-AAAA-4BBB-8ccc-222222222222"};
    auto payload = good_claims();
    payload["iss"] = iss;
    payload["tid"] = tid;
    CHECK(outcome(validate(payload, wanted)) == expected);
}

TEST_CASE(
    "a template of Entra's v1 endpoints is filled in the same way, and no tenants let nobody in", "[oidc]"
)
{
    auto wanted = expectations("https://sts.windows.net/{tenantid}/");
    wanted.tenants = {tenant};
    auto payload = good_claims();
    payload["iss"] = "https://sts.windows.net/" + tenant + "/";
    payload["tid"] = tenant;
    CHECK(outcome(validate(payload, wanted)) == "ok");
    wanted.tenants.clear();
    CHECK(outcome(validate(payload, wanted)) == "oidc_account_not_allowed at id_token.tid");
}

TEST_CASE("Google's hosted domain counts as the token has it", "[oidc]")
{
    const std::string refused = "oidc_account_not_allowed at id_token.hd";
    const auto [hd, expected] = GENERATE_COPY(table<json, std::string>({
        {"example.com", "ok"},
        {"Example.COM", "ok"},
        {"sub.example.com", refused},
        {"example.com.evil.example", refused},
        {"", refused},
        {nullptr, refused},
        {json::array({"example.com"}), refused},
        {true, refused},
    }));
    CAPTURE(hd.dump());
    auto payload = good_claims();
    payload["hd"] = hd;
    auto wanted = expectations();
    CHECK(outcome(validate(payload, wanted)) == "ok"); // nobody asked
    wanted.hosted_domains = {"other.example", "example.com"};
    CHECK(outcome(validate(payload, wanted)) == expected);
    CHECK(outcome(validate(good_claims(), wanted)) == refused); // a personal account has none
}

TEST_CASE("Google's historic issuer without https is another issuer (Core 3.1.3.7, 2)", "[oidc]")
{
    auto payload = good_claims();
    payload["iss"] = "accounts.google.com";
    const auto refused = validate(payload, expectations("https://accounts.google.com"));
    CHECK(outcome(refused) == "oidc_issuer_mismatch at id_token.iss");
}

TEST_CASE(
    "OIDCCClientTestMissingCHash: with a code from the browser c_hash is required (Core 3.3.2.11)", "[oidc]"
)
{
    auto wanted = expectations();
    wanted.c_hash = hash_claim::required;
    CHECK(outcome(validate(good_claims(), wanted)) == "ok"); // no code came
    wanted.code = code("the-code");
    CHECK(outcome(validate(good_claims(), wanted)) == "oidc_generic_token_failure at id_token.c_hash");
    auto payload = good_claims();
    payload["c_hash"] = left_half_of_sha256("the-code");
    CHECK(outcome(validate(payload, wanted)) == "ok");
    payload["c_hash"] = left_half_of_sha256("another-code");
    CHECK(outcome(validate(payload, wanted)) == "oidc_generic_token_failure at id_token.c_hash");
}

TEST_CASE("the two ID tokens of a hybrid sign-in are of one person of one issuer (Core 3.3.3.6)", "[oidc]")
{
    const std::string refused = "oidc_generic_token_failure at id_token.hybrid";
    const auto [rule, iss, sub, expected] = GENERATE_COPY(table<std::string, json, json, std::string>({
        {"the same", "https://idp.example", "alice", "ok"},
        {"another person", "https://idp.example", "mallory", refused},
        {"another case", "https://idp.example", "Alice", refused},
        {"another issuer", "https://evil.example", "alice", refused},
        {"nobody", "https://idp.example", "", refused},
    }));
    CAPTURE(rule);
    CHECK(outcome(of_one_person(of(good_claims()), of({{"iss", iss}, {"sub", sub}}))) == expected);
    CHECK(outcome(of_one_person(of({{"iss", iss}, {"sub", sub}}), of(good_claims()))) == expected);
}

TEST_CASE("of two ID tokens the one from the token endpoint wins", "[oidc]")
{
    const auto both = of_one_person(
        of({{"iss", "i"}, {"sub", "s"}, {"email", "back@x.example"}, {"iat", 2}}),
        of({{"iss", "i"}, {"sub", "s"}, {"email", "front@x.example"}, {"name", "Alice"}, {"iat", 1}})
    );
    REQUIRE(outcome(both) == "ok");
    CHECK(both->text("email") == "back@x.example");
    CHECK(both->text("name") == "Alice");
    CHECK(both->number("iat") == 2);
}
