// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace sekisho;
using identity::email_policy;
using identity::email_verification;
using identity::group_overage;
using identity::mapping;
using identity::mapping_config;
using identity::verification_policy;

namespace
{

result<identity::identity> map(const oidc::claims& claims, const mapping_config& config)
{
    auto made = mapping::of(config).value().map({.claims = claims});
    if (!made)
        return std::unexpected(made.error());
    return std::move(made->who);
}

// `sub` and `iss` and whatever else, as a JSON object.
result<identity::identity> mapped(std::string_view members, const mapping_config& config = {})
{
    std::string text = R"({"iss":"https://idp.example","sub":"248289")";
    if (!members.empty())
        text.append(",").append(members);
    const auto claims = oidc::claims::parse(text + "}", "test");
    REQUIRE(claims);
    return map(*claims, config);
}

result<identity::identity> mapped_alone(std::string_view object, const mapping_config& config = {})
{
    const auto claims = oidc::claims::parse(object, "test");
    REQUIRE(claims);
    return map(*claims, config);
}

mapping_config with_user(std::vector<std::string> chain)
{
    mapping_config config;
    config.user = std::move(chain);
    return config;
}

} // namespace

TEST_CASE("the usual claims become an identity", "[identity]")
{
    const auto who = mapped(
        R"("preferred_username":"taro","email":"taro@example.jp","email_verified":true,"name":" 山田太郎 ","groups":["staff","admins","staff"])"
    );
    REQUIRE(who);
    CHECK(who->issuer == "https://idp.example");
    CHECK(who->subject == "248289");
    CHECK(who->user == "248289");
    CHECK(who->username == "taro");
    CHECK(who->email == "taro@example.jp");
    CHECK(who->email_state == email_verification::verified);
    CHECK(who->name == "山田太郎");
    CHECK(who->groups == std::vector<std::string>{"staff", "admins"});
}

TEST_CASE("a person of whom only the subject is known has an identity", "[identity]")
{
    const auto who = mapped("");
    REQUIRE(who);
    CHECK(who->user == "248289");
    CHECK(who->username.empty());
    CHECK_FALSE(who->email);
    CHECK(who->email_state == email_verification::unknown);
    CHECK(who->groups.empty());
}

TEST_CASE("the user id claim must hold a text or an integer", "[identity]")
{
    const auto [value, expected] = GENERATE(table<std::string, std::string>({
        {R"("u-1")", "u-1"},
        {"17", "17"},
        {"-3", "-3"},
        {"18446744073709551615", "18446744073709551615"},
        {"1.5", ""},
        {"true", ""},
        {"false", ""},
        {"{}", ""},
        {R"(["a"])", ""},
        {"null", ""},  // CVE-2026-41571: not the text "null"
        {R"("")", ""}, // CVE-2026-23990: not everybody
    }));
    CAPTURE(value);
    const auto who = mapped(R"("oid":)" + value, with_user({"oid"}));
    if (expected.empty())
    {
        REQUIRE_FALSE(who);
        CHECK(who.error().code == errc::oidc_missing_user_claim);
        CHECK(who.error().detail.find("oid") != std::string::npos);
    }
    else
    {
        REQUIRE(who);
        CHECK(who->user == expected);
    }
}

TEST_CASE("CVE-2026-23990: nobody is signed in with an empty or missing subject", "[identity]")
{
    const auto object = GENERATE(
        R"({"iss":"i","sub":""})",
        R"({"iss":"i"})",
        R"({"iss":"i","sub":null})",
        R"({"iss":"i","sub":"","oid":"x"})"
    );
    CAPTURE(object);
    const auto who = mapped_alone(object, with_user({"oid", "sub"}));
    REQUIRE_FALSE(who);
    CHECK(who.error().code == errc::oidc_missing_user_claim);
}

TEST_CASE("the first usable claim of a chain wins", "[identity]")
{
    const auto config = with_user({"employee", "upn", "sub"});
    CHECK(mapped(R"("employee":"e7","upn":"a@b")", config)->user == "e7");
    CHECK(mapped(R"("employee":"","upn":"a@b")", config)->user == "a@b");
    CHECK(mapped(R"("employee":null,"upn":{})", config)->user == "248289");
    const auto none = mapped("", with_user({"employee", "upn"}));
    REQUIRE_FALSE(none);
    CHECK(none.error().detail == "no user id in: employee, upn");
    CHECK(
        mapped(R"("employee":["e7"],"upn":"")", with_user({"employee", "upn"})).error().detail ==
        "no user id in: employee (array), upn (empty)"
    );
    CHECK(
        mapped(R"("employee":123456789012345678901)", with_user({"employee"})).error().detail ==
        "no user id in: employee (a number that is no integer of 64 bits)"
    );
}

TEST_CASE("nested and namespaced claims are reached by path", "[identity]")
{
    mapping_config config;
    config.groups = {"https://example.com/roles", "realm_access.roles"};
    CHECK(mapped(R"("realm_access":{"roles":["r1"]})", config)->groups == std::vector<std::string>{"r1"});
    CHECK(
        mapped(R"("https://example.com/roles":["n1"],"realm_access":{"roles":["r1"]})", config)->groups ==
        std::vector<std::string>{"n1"}
    );
}

TEST_CASE("a required e-mail address that is missing is its own refusal", "[identity]")
{
    mapping_config config;
    config.email = {"email", "mail"};
    config.email_need = email_policy::required;
    const auto [members, said] = GENERATE(table<std::string, std::string>({
        {"", "email, mail"},
        {R"("email":"")", "email (empty), mail"},
        {R"("email":null)", "email, mail"},
        {R"("email":true)", "email (boolean), mail"},
        {R"("email":["a@b.c"])", "email (array), mail"},
    }));
    CAPTURE(members);
    const auto who = mapped(members, config);
    REQUIRE_FALSE(who);
    CHECK(who.error().code == errc::oidc_missing_email_claim);
    CHECK(who.error().detail == "no e-mail address in: " + said);
}

TEST_CASE("CVE-2026-40574: an e-mail address of two readings is refused, required or not", "[identity]")
{
    const auto who = mapped(R"("email":"a@evil.com@ok.com")");
    REQUIRE_FALSE(who);
    CHECK(who.error().code == errc::oidc_identity_unusable);
}

TEST_CASE("the text true verifies an address only where the provider is known to send it so", "[identity]")
{
    mapping_config config;
    config.verification_as = identity::verification_text::counts; // Amazon Cognito
    const auto state = [&](const std::string& value)
    { return mapped(R"("email":"a@b.jp","email_verified":)" + value, config); };
    CHECK(state(R"("true")")->email_state == email_verification::verified);
    CHECK(state("true")->email_state == email_verification::verified);
    CHECK_FALSE(state(R"("True")"));
    CHECK_FALSE(state(R"("1")"));
    CHECK_FALSE(state(R"("false")"));
}

TEST_CASE("CVE-2026-55075: only true is true for email_verified", "[identity]")
{
    const auto [value, state] = GENERATE(table<std::string, email_verification>({
        {"true", email_verification::verified},
        {R"("true")", email_verification::unverified},
        {"false", email_verification::unverified},
        {R"("false")", email_verification::unverified},
        {R"("True")", email_verification::unverified},
        {R"("TRUE")", email_verification::unverified},
        {R"("1")", email_verification::unverified},
        {R"("0")", email_verification::unverified},
        {"1", email_verification::unverified},
        {"0", email_verification::unverified},
        {"null", email_verification::unverified},
        {"[]", email_verification::unverified},
        {"[true]", email_verification::unverified},
        {"{}", email_verification::unverified},
        {R"("")", email_verification::unverified},
    }));
    CAPTURE(value);
    const auto members = R"("email":"a@ok.com","email_verified":)" + value;
    mapping_config config;
    for (const auto policy : {verification_policy::required, verification_policy::if_present})
    {
        config.verification = policy;
        const auto who = mapped(members, config);
        CHECK(who.has_value() == (state == email_verification::verified));
        if (!who)
            CHECK(who.error().code == errc::oidc_email_unverified);
    }
    config.verification = verification_policy::ignored;
    const auto who = mapped(members, config);
    REQUIRE(who);
    CHECK(who->email_state == state);
}

TEST_CASE("an address of which nothing is said counts as the policy says", "[identity]")
{
    const auto [policy, is_accepted] = GENERATE(table<verification_policy, bool>({
        {verification_policy::required, false},
        {verification_policy::if_present, true},
        {verification_policy::ignored, true},
    }));
    mapping_config config;
    config.verification = policy;
    CHECK(mapped(R"("email":"a@ok.com")", config).has_value() == is_accepted);
    CHECK(mapped("", config).has_value()); // no address, nothing to verify
}

TEST_CASE("groups are an array of texts or one text", "[identity]")
{
    mapping_config config;
    const auto groups = [&](std::string_view value)
    { return mapped(R"("groups":)" + std::string(value), config)->groups; };
    CHECK(groups(R"(["a","b"])") == std::vector<std::string>{"a", "b"});
    CHECK(groups(R"(["a",""])") == std::vector<std::string>{"a"});
    CHECK(groups(R"("a,b")") == std::vector<std::string>{"a,b"});
    CHECK(groups("[]").empty());
    CHECK(groups("null").empty());
    CHECK(groups(R"("")").empty());
    config.group_delimiter = ",";
    CHECK(groups(R"("a,b,,a")") == std::vector<std::string>{"a", "b"});
    CHECK(groups(R"(["a,b"])") == std::vector<std::string>{"a,b"});
}

TEST_CASE("groups that are not texts are refused whole", "[identity]")
{
    const auto value =
        GENERATE(R"(["a",1])", R"(["a",null])", R"([["a"]])", "7", "true", R"({"a":1})", R"(["a\n"])");
    CAPTURE(value);
    const auto who = mapped(R"("groups":)" + std::string(value));
    REQUIRE_FALSE(who);
    CHECK(who.error().code == errc::oidc_identity_unusable);
    CHECK(who.error().detail.find("groups") != std::string::npos);
}

TEST_CASE("groups that were replaced by a reference are never \"no groups\"", "[identity]")
{
    const auto members = GENERATE(
        R"("_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph.example"}})",
        R"("hasgroups":true)"
    );
    const auto who = mapped(members);
    REQUIRE_FALSE(who);
    CHECK(who.error().code == errc::oidc_identity_unusable);
    mapping_config config;
    config.overage = group_overage::ignored;
    CHECK(mapped(members, config).has_value());
    config.overage = group_overage::refused;
    config.groups.clear(); // not wanted, so nothing is missing
    CHECK(mapped(members, config).has_value());
}

TEST_CASE("a control character in any claim we use refuses the identity", "[identity]")
{
    mapping_config config;
    config.extra = {{"X-Department", {"department"}}};
    const auto claim = GENERATE("sub", "preferred_username", "email", "name", "groups", "department");
    const auto character = GENERATE("\\r", "\\n", "\\u0000", "\\u007f", "\\u0085");
    CAPTURE(claim, character);
    std::string object = R"({"iss":"i")";
    if (std::string_view(claim) != "sub")
        object += R"(,"sub":"1")";
    object.append(",\"").append(claim).append("\":\"a").append(character).append("b\"}");
    const auto who = mapped_alone(object, config);
    REQUIRE_FALSE(who);
    CHECK(who.error().code == errc::oidc_identity_unusable);
}

TEST_CASE("a user id with spaces at its ends is refused, for headers would lose them", "[identity]")
{
    CHECK(mapped(R"("oid":" admin")", with_user({"oid"})).error().code == errc::oidc_identity_unusable);
    CHECK(mapped(R"("preferred_username":"admin ")").error().code == errc::oidc_identity_unusable);
}

TEST_CASE("extra claims go to the headers that ask for them", "[identity]")
{
    mapping_config config;
    config.extra = {
        {"X-Department", {"department"}},
        {"X-Tenant", {"tid", "tenant"}},
        {"X-Level", {"level"}},
        {"X-None", {"none"}}
    };
    const auto who = mapped(R"("department":["a","b"],"tenant":"t1","level":3)", config);
    REQUIRE(who);
    CHECK(
        who->extra ==
        std::vector<identity::extra_value>{
            {"X-Department", {"a", "b"}}, {"X-Tenant", {"t1"}}, {"X-Level", {"3"}}
        }
    );
}
