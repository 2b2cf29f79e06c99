// SPDX-License-Identifier: Apache-2.0
// Where what is known of a person comes from: the ID token, UserInfo, and both where they differ.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

settings::sources at_any(settings::environment changes = {})
{
    changes.insert({{"OIDC_ISSUER", "https://id.acme.example"}, {"OIDC_USERINFO", "always"}});
    return written("generic", changes);
}

void say(preset_house& any, const std::string& in_id_token, const std::string& in_userinfo)
{
    any.peer().claims.update(json_value::parse(in_id_token));
    any.peer().userinfo.update(json_value::parse(in_userinfo));
}

} // namespace

TEST_CASE("UserInfo says what the ID token does not, also where that has null or nothing in it", "[flow]")
{
    const auto [in_id_token, in_userinfo, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"{}", R"({"groups":["a"]})", R"(["a"])"},
        {R"({"groups":null})", R"({"groups":["a"]})", R"(["a"])"},
        {R"({"groups":""})", R"({"groups":["a"]})", R"(["a"])"},
        {R"({"groups":["b"]})", R"({"groups":["a"]})", R"(["b"])"}, // the ID token wins
        {R"({"groups":["b"]})", R"({"groups":null})", R"(["b"])"},
    }));
    CAPTURE(in_id_token, in_userinfo);
    const auto* const asked = GENERATE("auto", "always");
    preset_house any(at_any({{"OIDC_USERINFO", asked}}));
    say(any, in_id_token, in_userinfo);
    CHECK(any.person()["groups"] == json_value::parse(expected));
}

TEST_CASE("Core 5.1: email_verified of one place says nothing about the address of another", "[flow]")
{
    const auto [in_id_token, in_userinfo, is_let_in] = GENERATE(table<std::string, std::string, bool>({
        {R"({"email":"a@acme.example","email_verified":true})", R"({"email":"b@acme.example"})", true},
        {R"({"email":"a@acme.example"})", R"({"email":"A@acme.example","email_verified":true})", true},
        {"{}", R"({"email":"b@acme.example","email_verified":true})", true},
        {R"({"email":"","email_verified":false})", R"({"email":"b@acme.example","email_verified":true})", true
        },
        // Somebody wrote the ID token's address; it is another one that was verified.
        {R"({"email":"ceo@acme.example"})", R"({"email":"b@acme.example","email_verified":true})", false},
        {R"({"email_verified":true})", R"({"email":"ceo@acme.example"})", false},
        {R"({"email_verified":true})", R"({"email":"ceo@acme.example","email_verified":false})", false},
        {R"({"email":"a@acme.example"})", R"({"email_verified":true})", false},
    }));
    CAPTURE(in_id_token, in_userinfo);
    preset_house any(at_any({{"OIDC_EMAIL_VERIFIED", "require"}}));
    say(any, in_id_token, in_userinfo);
    const auto back = any.sign_in();
    CHECK(any.here.is_signed_in() == is_let_in);
    CHECK(has(back.body, "oidc_email_unverified") != is_let_in);
}

TEST_CASE("nobody is signed in by an ID token or a UserInfo without a subject", "[flow]")
{
    const json_value subject = GENERATE(json_value(""), json_value(nullptr), json_value(7), json_value(true));
    CAPTURE(subject.dump());
    const auto in_id_token = GENERATE(true, false);
    preset_house any(at_any());
    (in_id_token ? any.peer().claims : any.peer().userinfo)["sub"] = subject;
    const auto back = any.sign_in();
    CHECK(back.status >= 400);
    CHECK_FALSE(any.here.is_signed_in());
}
