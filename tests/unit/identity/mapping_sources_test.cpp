// SPDX-License-Identifier: Apache-2.0
// Which source a value comes from, and what becomes of values that nobody could use.
#include "unit/identity/claims_in.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using identity::email_verification;
using identity::mapping_config;
using test::mapped;
using texts = std::vector<std::string>;

TEST_CASE("what an entry looks for in the access token is found only there", "[identity]")
{
    mapping_config config;
    config.roles = {"roles", "access_token:realm_access.roles"};
    auto from = test::person(R"("realm_access":{"roles":["of the ID token"]})");
    from.access_token = test::claims_of(R"({"realm_access":{"roles":["r"]}})");
    CHECK(mapped(from, config)->who.roles == texts{"r"});
}

TEST_CASE(
    "an access token that cannot be read is a refusal where it is needed, never \"no roles\"", "[identity]"
)
{
    mapping_config config;
    config.roles = {"roles", "access_token:roles"};
    auto from = test::person("");
    from.access_token = fail(errc::value_malformed, "access_token", "was signed by nobody");
    const auto refused = mapped(from, config);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::oidc_identity_unusable);
    CHECK(
        refused.error().detail ==
        "claim access_token:roles cannot be looked up: the access token was signed by nobody"
    );
    from.claims = test::person(R"("roles":["r"])").claims;
    CHECK(mapped(from, config)->who.roles == texts{"r"}); // not reached
}

TEST_CASE("an entry with a question mark passes over an access token that is nothing to read", "[identity]")
{
    mapping_config config;
    config.roles = {"access_token?:roles", "spare"};
    auto from = test::person(R"("spare":["s"])");
    from.access_token = test::claims_of(R"({"roles":["r"]})");
    CHECK(mapped(from, config)->who.roles == texts{"r"});
    from.access_token = fail(errc::value_malformed, "access_token", "is not a signed JWT");
    CHECK(mapped(from, config)->who.roles == texts{"s"});
    config.roles = {"access_token?:roles", "access_token:roles"};
    CHECK(mapped(from, config).error().code == errc::oidc_identity_unusable);
}

TEST_CASE("keys that were not to be had are no reason to take roles from anybody", "[identity]")
{
    mapping_config config;
    config.roles = {"access_token?:roles"};
    auto from = test::person("");
    from.access_token = fail(errc::oidc_key_fetch_failure, "jwks", "no answer");
    const auto refused = mapped(from, config);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::oidc_identity_unusable);
    CHECK(refused.error().detail.find("no answer") != std::string::npos);
}

TEST_CASE("the access token says nothing about who somebody is, whatever it holds", "[identity]")
{
    auto from = test::person(R"("email":"taro@example.jp")");
    from.access_token =
        test::claims_of(R"({"sub":"admin","iss":"x","email":"admin@example.jp","groups":["g"]})");
    const auto who = mapped(from)->who;
    CHECK(who.subject == "248289");
    CHECK(who.user == "248289");
    CHECK(who.email == "taro@example.jp");
    CHECK(who.groups.empty());
}

TEST_CASE("CVE-2026-23990: a name without anything to see in it names nobody", "[identity]")
{
    const auto claim = GENERATE("sub", "preferred_username", "email");
    const auto value =
        GENERATE(" ", "   ", "\\u00a0", "\\u3000", "\\u200b", "\\ufeff", "a\\u202eb", " a", "a ");
    CAPTURE(claim, value);
    std::string object = R"({"iss":"i")";
    if (std::string_view(claim) != "sub")
        object += R"(,"sub":"1")";
    const auto got = mapped({.claims = test::claims_of(object + ",\"" + claim + "\":\"" + value + "\"}")});
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_identity_unusable);
}

TEST_CASE("the key of a person is issuer and subject, so both have to be there", "[identity]")
{
    const auto got = mapped({.claims = test::claims_of(R"({"sub":"1"})")});
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_missing_user_claim);
    CHECK(got.error().detail == "no issuer in: iss");
}

TEST_CASE(
    "names of more than 1024 bytes are refused, a name for display is left out and said so", "[identity]"
)
{
    const auto claim = GENERATE("sub", "preferred_username", "email", "name");
    const auto with = [&](std::size_t size)
    {
        const std::string ending = std::string_view(claim) == "email" ? "@x.jp" : "";
        const auto value = std::string(size - ending.size(), 'x') + ending;
        const std::string sub = std::string_view(claim) == "sub" ? "" : R"("sub":"1",)";
        return mapped(
            {.claims = test::claims_of(R"({"iss":"i",)" + sub + "\"" + claim + "\":\"" + value + "\"}")}
        );
    };
    REQUIRE(with(1024));
    CHECK(with(1024)->left_out.empty());
    const auto over = with(1025);
    if (std::string_view(claim) == "name")
    {
        REQUIRE(over);
        CHECK(over->who.name.empty());
        CHECK(over->left_out == texts{"claim name is longer than 1024 bytes"});
    }
    else
    {
        REQUIRE_FALSE(over);
        CHECK(over.error().code == errc::oidc_identity_unusable);
    }
}

TEST_CASE("a picture is an address of the web or it is left out and said so", "[identity]")
{
    const auto [value, is_kept] = GENERATE(table<std::string, bool>({
        {"https://idp.example/taro.png?s=96", true},
        {"http://idp.example/taro.png", true},
        {"javascript:alert(1)", false},
        {"data:image/png;base64,AAAA", false},
        {"/taro.png", false},
        {"https://u:p@idp.example/", false},
        {"https://idp.example/" + std::string(2100, 'a'), false},
    }));
    CAPTURE(value);
    const auto got = mapped("\"picture\":\"" + value + "\"");
    REQUIRE(got);
    CHECK(got->who.picture == (is_kept ? value : ""));
    CHECK(got->left_out.size() == (is_kept ? 0U : 1U));
}

TEST_CASE("email_verified is said of the claim email: another address it does not verify", "[identity]")
{
    mapping_config config;
    config.email = {"mail", "email"};
    const std::string both = R"("mail":"boss@example.jp","email":"taro@example.jp","email_verified":)";
    CHECK(mapped(both + "true", config)->who.email_state == email_verification::unknown);
    CHECK(mapped(both + "false", config).error().code == errc::oidc_email_unverified);
    config.verification = identity::verification_policy::required;
    CHECK(mapped(both + "true", config).error().code == errc::oidc_email_unverified);
    CHECK(mapped(R"("mail":"Taro@example.jp","email":"taro@example.jp","email_verified":true)", config));
}

TEST_CASE("what is wanted in lower case is, and nothing else", "[identity]")
{
    mapping_config config;
    config.user = {"oid"};
    const std::string members =
        R"("oid":"ID","preferred_username":"Taro","email":"Taro@X.jp","groups":["G"],"roles":["R"])";
    const auto plain = mapped(members, config)->who;
    CHECK(plain.user == "ID");
    CHECK(plain.groups == texts{"G"});
    config.lowercase = {"user", "username", "email", "groups", "roles"};
    const auto who = mapped(members, config)->who;
    CHECK(who.user == "id");
    CHECK(who.username == "taro");
    CHECK(who.email == "taro@x.jp");
    CHECK(who.groups == texts{"g"});
    CHECK(who.roles == texts{"r"});
    CHECK(who.subject == "248289");
}
