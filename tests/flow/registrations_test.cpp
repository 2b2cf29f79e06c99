// SPDX-License-Identifier: Apache-2.0
// The registrations that W&B, Databricks, ArcGIS and Logto ask their administrators for, each by nothing but
// variables (docs/other-forms.md).
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "flow/preset_house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <string>
#include <utility>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

const std::string idp = "https://idp.acme.example";

settings::sources of(settings::environment variables)
{
    variables.insert(
        {{"SERVER_PUBLIC_URL", "https://app.example.com"},
         {"UPSTREAM_URL", "http://127.0.0.1:3000"},
         {"SESSION_SECRET", "c2VraXNoby10ZXN0LXNlY3JldC1vZi0zMi1ieXRlcw"}}
    );
    return {.file = {}, .variables = std::move(variables), .overrides = {}, .read_secret = {}};
}

// The form of ArcGIS: every address by hand, and no discovery.
settings::environment arcgis_form()
{
    return {
        {"OIDC_DISCOVERY", "false"},
        {"OIDC_ISSUER", idp},
        {"OIDC_CLIENT_ID", "arcgis"},
        {"OIDC_CLIENT_SECRET", "s3cret"},
        {"OIDC_SCOPES", "openid,profile,email,groups"},
        {"OIDC_AUTHORIZATION_ENDPOINT", idp + "/authorize"},
        {"OIDC_TOKEN_ENDPOINT", idp + "/token"},
    };
}

std::string header_of_last(preset_house& at, std::string_view path, std::string_view name)
{
    std::string found;
    for (const auto& each : at.peer().requests())
        if (each.target.path() == path)
            for (const auto& [field, value] : each.fields)
                if (field == name)
                    found = value;
    return found;
}

} // namespace

TEST_CASE("W&B at Cognito: pkce without a secret, and a sign-out that ends at the host itself", "[flow]")
{
    const std::string domain = "https://acme.auth.eu-central-1.amazoncognito.com";
    preset_house wandb(
        of({{"OIDC_ISSUER", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Abc"},
            {"OIDC_CLIENT_ID", "1example"},
            {"OIDC_AUTH_METHOD", "pkce"},
            {"OIDC_SIGN_OUT_LANDING", "https://app.example.com"}})
    );
    wandb.peer().metadata["authorization_endpoint"] = domain + "/oauth2/authorize";
    const auto there = wandb.here.leave().provider_address.text();
    CHECK(parameter_of(there, "redirect_uri") == "https://app.example.com/oidc/callback");
    CHECK(parameter_of(there, "scope") == "openid profile email");
    CHECK(parameter_of(there, "code_challenge_method") == "S256");
    REQUIRE(wandb.sign_in().status == 303);
    CHECK(wandb.token_field("Authorization").empty());
    CHECK(parameter_of(wandb.way_out(), "logout_uri") == "https://app.example.com");
}

TEST_CASE("W&B at Okta: implicit with form_post, which is its default, by the names of its charts", "[flow]")
{
    preset_house wandb(
        of({{"GORILLA_OIDC_ISSUER", "https://acme.okta.com"},
            {"GORILLA_OIDC_CLIENT_ID", "0oa1"},
            {"GORILLA_AUTH_METHOD", "implicit"},
            {"GORILLA_SESSION_LENGTH", "24h"}})
    );
    wandb.peer().metadata["end_session_endpoint"] = "https://acme.okta.com/oauth2/v1/logout";
    wandb.peer().claims.update({{"aud", "0oa1"}, {"email", "taro@acme.example"}, {"groups", {"ml"}}});
    const auto there = wandb.here.leave().provider_address.text();
    CHECK(parameter_of(there, "response_type") == "id_token");
    CHECK(parameter_of(there, "response_mode") == "form_post");
    CHECK(parameter_of(there, "redirect_uri") == "https://app.example.com/oidc/callback");
    const auto person = wandb.person();
    CHECK(person["email"] == "taro@acme.example");
    CHECK(person["groups"] == json_value{"ml"});
    CHECK(wandb.peer().asked("/token") == 0);
    CHECK(parameter_of(wandb.way_out(), "post_logout_redirect_uri") == "https://app.example.com/logout");
}

TEST_CASE("W&B: a client secret is there where the provider wants one, under each of its names", "[flow]")
{
    const auto* const name = GENERATE("OIDC_CLIENT_SECRET", "OIDC_SECRET", "GORILLA_OIDC_SECRET");
    CAPTURE(name);
    preset_house wandb(of({{"OIDC_ISSUER", idp}, {"OIDC_CLIENT_ID", "gate"}, {name, "s3cret"}}));
    REQUIRE(wandb.sign_in().status == 303);
    CHECK(wandb.token_field("Authorization") == "Basic " + base64_encode(as_bytes("gate:s3cret")));
}

TEST_CASE("Databricks: the issuer as it was copied, with ?appid= and with the well-known path", "[flow]")
{
    const auto [pasted, asked] = GENERATE(table<std::string, std::string>({
        {"https://idp.acme.example", "/.well-known/openid-configuration"},
        {"https://idp.acme.example/.well-known/openid-configuration", "/.well-known/openid-configuration"},
        {"https://idp.acme.example?appid=123", "/.well-known/openid-configuration?appid=123"},
        {"https://idp.acme.example/.well-known/openid-configuration?appid=123",
         "/.well-known/openid-configuration?appid=123"},
    }));
    CAPTURE(pasted);
    preset_house databricks(
        of({{"OIDC_ISSUER", pasted}, {"OIDC_CLIENT_ID", "gate"}, {"OIDC_CLIENT_SECRET", "s3cret"}})
    );
    CHECK(databricks.sign_in().status == 303);
    CHECK(has(databricks.asked_addresses(), idp + asked + "\n"));
}

TEST_CASE("Databricks: the user name is the e-mail address, or the claim that is named for it", "[flow]")
{
    const auto [claim, expected] = GENERATE(table<std::string, std::string>({
        {"email", "taro@acme.example"},
        {"employee_number", "7"},
    }));
    preset_house databricks(
        of({{"OIDC_ISSUER", idp},
            {"OIDC_CLIENT_ID", "gate"},
            {"OIDC_CLIENT_SECRET", "s3cret"},
            {"OIDC_USERNAME_CLAIM", claim}})
    );
    databricks.peer().claims.update({{"email", "taro@acme.example"}, {"employee_number", 7}});
    CHECK(databricks.person()["username"] == expected);
}

TEST_CASE("ArcGIS: no discovery, the token in the header or not, PKCE or not, groups and names", "[flow]")
{
    const auto [place, pkce, field, query] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"header", "pkce", "Bearer at-1", ""},
            {"query", "code", "", "access_token=at-1"},
        }));
    CAPTURE(place, pkce);
    auto form = arcgis_form();
    form.insert(
        {{"OIDC_JWKS_URI", idp + "/jwks"},
         {"OIDC_USERINFO_ENDPOINT", idp + "/userinfo"},
         {"OIDC_END_SESSION_ENDPOINT", idp + "/bye"},
         {"OIDC_USERINFO", "always"},
         {"OIDC_USERINFO_TOKEN", place},
         {"OIDC_AUTH_METHOD", pkce},
         {"OIDC_GROUPS_CLAIM", "memberships"},
         {"OIDC_USERNAME_CLAIM", "login"},
         {"OIDC_USER_CLAIM", "employee_number"},
         {"IDENTITY_USERNAME_RULES", "arcgis"},
         {"IDENTITY_USERNAME_SUFFIX", "true"}}
    );
    preset_house arcgis(of(form), doubts::allowed); // of the query the start warns
    arcgis.peer().userinfo = {
        {"sub", "s-1"}, {"login", "taro"}, {"employee_number", 7}, {"memberships", {"maps"}}
    };
    const auto there = arcgis.here.leave().provider_address.text();
    CHECK(parameter_of(there, "scope") == "openid profile email groups");
    CHECK(parameter_of(there, "code_challenge").empty() == (pkce == "code"));
    const auto person = arcgis.person();
    CHECK(person["user"] == "7");
    CHECK(person["groups"] == json_value{"maps"});
    const auto username = person["username"].get<std::string>();
    CHECK(username.starts_with("taro_")); // four letters are too few there, so the suffix counts
    CHECK(username.size() == 13);
    CHECK(header_of_last(arcgis, "/userinfo", "Authorization") == field);
    CHECK(has(arcgis.asked_addresses(), idp + "/userinfo" + (query.empty() ? "" : "?" + query) + "\n"));
    CHECK_FALSE(has(arcgis.asked_addresses(), "well-known"));
    CHECK(arcgis.way_out().starts_with(idp + "/bye?"));
}

TEST_CASE("ArcGIS: of key set and profile endpoint one is enough", "[flow]")
{
    auto form = arcgis_form();
    const auto has_keys = GENERATE(true, false);
    if (has_keys)
        form["OIDC_JWKS_URI"] = idp + "/jwks";
    else
        form.insert({{"OIDC_USERINFO_ENDPOINT", idp + "/userinfo"}, {"OIDC_ID_TOKEN_SIGNATURE", "tls"}});
    preset_house arcgis(of(form), doubts::allowed);
    CHECK(arcgis.sign_in().status == 303);
    CHECK(arcgis.peer().asked("/jwks") == (has_keys ? 1U : 0U));
    CHECK(arcgis.peer().asked("/userinfo") == (has_keys ? 0U : 1U));
}

TEST_CASE("ArcGIS: a public key at its own address instead of a secret", "[flow]")
{
    const temporary_directory disk;
    auto form = arcgis_form();
    form.erase("OIDC_CLIENT_SECRET");
    form.insert(
        {{"OIDC_JWKS_URI", idp + "/jwks"}, {"OIDC_SIGNING_KEY", disk.write("key.pem", openssl_ec_pkcs8)}}
    );
    preset_house arcgis(of(form));
    const auto keys = json_value::parse(arcgis.here.get("/oidc/jwks", errand::bare).body)["keys"];
    REQUIRE(keys.size() == 1);
    const auto published = crypto::verification_key::from_jwk(keys[0]).value();
    REQUIRE(arcgis.sign_in().status == 303);
    const auto sent = http::form::parse(arcgis.peer().last_body("/token")).value();
    const std::string assertion(sent.first("client_assertion").value_or(""));
    const auto jws = crypto::take_apart(assertion);
    REQUIRE(jws);
    CHECK(crypto::verify(*jws, published));
}

TEST_CASE("Logto: sign-up first, signed in or not, and the home page after the sign-out", "[flow]")
{
    preset_house logto(
        of({{"OIDC_ISSUER", "https://acme.logto.app/oidc/.well-known/openid-configuration"},
            {"OIDC_CLIENT_ID", "app"},
            {"OIDC_CLIENT_SECRET", "s3cret"},
            {"OIDC_LOGIN_PARAMETERS", "login_hint,first_screen=register"},
            {"OIDC_SIGN_OUT_LANDING", "https://app.example.com/"}})
    );
    logto.peer().metadata["end_session_endpoint"] = "https://acme.logto.app/oidc/session/end";
    CHECK(logto.here.get("/oidc/session", errand::fetch).status == 401);
    const auto there = logto.here.leave("/oidc/login?first_screen=register&return_to=%2F");
    CHECK(parameter_of(there.provider_address.text(), "first_screen") == "register");
    const auto back = logto.here.come_back(there);
    CHECK(back.field("Location") == "/");
    CHECK(logto.here.get("/oidc/session", errand::fetch).status == 200);
    CHECK(parameter_of(logto.way_out(), "post_logout_redirect_uri") == "https://app.example.com/");
    CHECK(logto.here.get("/oidc/session", errand::fetch).status == 401);
}
