// SPDX-License-Identifier: Apache-2.0
// Amazon Cognito, Auth0 and Logto as they behave (docs/providers/), from the settings on.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cctype>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

const std::string pool = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc";
const std::string domain = "https://acme.auth.eu-central-1.amazoncognito.com";

settings::sources at_cognito() { return written("cognito", {{"OIDC_ISSUER", pool}}); }
settings::sources at_auth0(const settings::environment& more = {})
{
    settings::environment all{{"OIDC_ISSUER", "https://acme.auth0.com/"}};
    all.insert(more.begin(), more.end());
    return written("auth0", all);
}
settings::sources at_logto() { return written("logto", {{"OIDC_ISSUER", "https://acme.logto.app/oidc"}}); }

} // namespace

TEST_CASE("Cognito's names for user and groups, and its \"true\" in quotes", "[flow]")
{
    preset_house cognito(at_cognito());
    CHECK(cognito.from.oidc.preset == settings::preset::cognito);
    cognito.peer().claims.update(
        {{"cognito:username", "taro"},
         {"cognito:groups", {"staff"}},
         {"email", "taro@acme.example"},
         {"email_verified", "true"}}
    );
    const auto there = cognito.here.leave().provider_address;
    CHECK(parameter_of(there.text(), "scope") == "openid profile email"); // groups would be invalid_scope
    const auto person = cognito.person();
    CHECK(person["username"] == "taro");
    CHECK(person["groups"] == json_value{"staff"});
    CHECK(person["email"] == "taro@acme.example");
}

TEST_CASE("any other text than \"true\" is no verified address at Cognito", "[flow]")
{
    const json_value word = GENERATE(json_value("false"), json_value("1"), json_value(1), json_value(false));
    CAPTURE(word.dump());
    preset_house cognito(at_cognito());
    cognito.peer().claims.update({{"email", "ceo@acme.example"}, {"email_verified", word}});
    CHECK(has(cognito.sign_in().body, "oidc_email_unverified"));
    CHECK_FALSE(cognito.here.is_signed_in());
}

TEST_CASE("signing out at Cognito is in its own words, with and without an address in discovery", "[flow]")
{
    preset_house cognito(at_cognito());
    cognito.peer().metadata["authorization_endpoint"] = domain + "/oauth2/authorize";
    if (GENERATE(true, false))
        cognito.peer().metadata["end_session_endpoint"] = domain + "/logout";
    REQUIRE(cognito.sign_in().status == 303);
    const auto out = cognito.way_out();
    CHECK(out.starts_with(domain + "/logout?client_id="));
    CHECK(parameter_of(out, "logout_uri") == "https://app.example.com/logout");
    CHECK(parameter_of(out, "post_logout_redirect_uri").empty());
    CHECK(parameter_of(out, "id_token_hint").empty());
    // It brings no state back; who comes is nevertheless the person who signed out.
    const auto landed = cognito.here.get("/logout", errand::link_elsewhere);
    CHECK(landed.status == 200);
    CHECK_FALSE(has(landed.body, "may still be signed in"));
}

TEST_CASE(
    "Auth0's issuer has its slash, its user name is the nickname, groups have a name of yours", "[flow]"
)
{
    preset_house auth0(at_auth0({{"IDENTITY_GROUPS_CLAIM", "https://acme.example/groups"}}));
    CHECK(auth0.from.oidc.preset == settings::preset::auth0);
    auth0.peer().claims.update({{"nickname", "taro"}, {"https://acme.example/groups", {"staff"}}});
    const auto person = auth0.person();
    CHECK(person["username"] == "taro");
    CHECK(person["groups"] == json_value{"staff"});
    CHECK(has(auth0.asked_addresses(), "https://acme.auth0.com/.well-known/openid-configuration\n"));
}

TEST_CASE("signing out at Auth0 needs no address in discovery", "[flow]")
{
    preset_house auth0(at_auth0());
    REQUIRE(auth0.sign_in().status == 303);
    const auto out = auth0.way_out();
    CHECK(out.starts_with("https://acme.auth0.com/v2/logout?client_id="));
    CHECK(parameter_of(out, "returnTo") == "https://app.example.com/logout");
}

TEST_CASE("Logto signs with ES384, names people in username and tells roles when asked", "[flow]")
{
    preset_house logto(at_logto());
    CHECK(logto.from.oidc.preset == settings::preset::logto);
    logto.peer().key = signing_key::make("ES384");
    logto.peer().metadata["id_token_signing_alg_values_supported"] = {"ES384"};
    logto.peer().claims.update({{"username", "taro"}, {"roles", {"editor"}}});
    CHECK(
        parameter_of(logto.here.leave().provider_address.text(), "scope") ==
        "openid profile email roles offline_access"
    );
    const auto person = logto.person();
    CHECK(person["username"] == "taro");
    CHECK(person["roles"] == json_value{"editor"});
}

TEST_CASE("Cognito's UserInfo says \"true\" of the address that it tells", "[flow]")
{
    preset_house cognito(at_cognito());
    cognito.peer().userinfo = {{"sub", "s-1"}, {"email", "taro@acme.example"}, {"email_verified", "true"}};
    CHECK(cognito.person()["email"] == "taro@acme.example");

    preset_house strict(written("cognito", {{"OIDC_ISSUER", pool}, {"OIDC_EMAIL_VERIFIED_TEXT", "false"}}));
    strict.peer().userinfo = {{"sub", "s-1"}, {"email", "taro@acme.example"}, {"email_verified", "true"}};
    CHECK(has(strict.sign_in().body, "oidc_email_unverified")); // a setting wins
    CHECK_FALSE(strict.here.is_signed_in());
}

TEST_CASE("nothing but letters, digits, - and _ stands in the state that Cognito gets", "[flow]")
{
    preset_house cognito(at_cognito()); // envoy#36871: JSON in it breaks
    const auto state = cognito.here.leave("/oidc/login?return_to=%2Fa%3Fb%3D%7B%22c%22%3A1%7D").state;
    CHECK_FALSE(state.empty());
    CHECK(std::ranges::all_of(
        state, [](unsigned char each) { return std::isalnum(each) != 0 || each == '-' || each == '_'; }
    ));
}

TEST_CASE("a Cognito access token without aud and an Auth0 one that is opaque sign people in", "[flow]")
{
    preset_house cognito(at_cognito());
    give_access_token(
        cognito, signed_by(cognito, {{"client_id", "1example23456789"}, {"token_use", "access"}})
    );
    CHECK(cognito.sign_in().status == 303);
    preset_house auth0(at_auth0());
    give_access_token(auth0, "opaque");
    CHECK(auth0.sign_in().status == 303);
}

TEST_CASE("Auth0 is signed out of by the standard where somebody switched that on and says so", "[flow]")
{
    preset_house auth0(at_auth0({{"OIDC_SIGN_OUT", "standard"}}));
    auth0.peer().metadata["end_session_endpoint"] = "https://acme.auth0.com/oidc/logout";
    REQUIRE(auth0.sign_in().status == 303);
    const auto out = auth0.way_out();
    CHECK(out.starts_with("https://acme.auth0.com/oidc/logout?"));
    CHECK_FALSE(parameter_of(out, "id_token_hint").empty());
}

TEST_CASE("Logto's discovery address may be pasted for its issuer", "[flow]")
{
    preset_house logto(
        written("logto", {{"OIDC_ISSUER", "https://acme.logto.app/oidc/.well-known/openid-configuration"}})
    );
    CHECK(logto.from.oidc.preset == settings::preset::logto);
    logto.peer().claims["username"] = "taro";
    CHECK(logto.person()["username"] == "taro");
    CHECK(has(logto.asked_addresses(), "https://acme.logto.app/oidc/.well-known/openid-configuration\n"));
}

TEST_CASE("Logto's organisations are groups for who asks for them", "[flow]")
{
    preset_house logto(written(
        "logto",
        {{"OIDC_ISSUER", "https://acme.logto.app/oidc"},
         {"OIDC_SCOPES",
          "openid,profile,email,urn:logto:scope:organizations,urn:logto:scope:organization_roles"},
         {"OIDC_GROUPS_CLAIM", "organizations"},
         {"OIDC_ROLES_CLAIM", "organization_roles"}}
    ));
    logto.peer().userinfo = {
        {"sub", "s-1"}, {"organizations", {"o1", "o2"}}, {"organization_roles", {"o1:admin", "o2:member"}}
    };
    const auto there = logto.here.leave().provider_address.text();
    CHECK(has(parameter_of(there, "scope"), "urn:logto:scope:organizations"));
    const auto person = logto.person();
    CHECK(person["groups"] == json_value{"o1", "o2"});
}
