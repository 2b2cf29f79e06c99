// SPDX-License-Identifier: Apache-2.0
// What the settings of a provider make of the request for sign-in and of the calls behind it, from the
// environment to the wire.
#include "flow/preset_house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/temporary_directory.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

const std::string issuer = "https://id.acme.example";

settings::sources with(settings::environment changes)
{
    changes.insert({"OIDC_ISSUER", issuer});
    return written("generic", changes);
}

struct wish
{
    settings::environment settings;
    std::string parameter;
    std::vector<std::string> values; // none: it is not sent
};

std::vector<std::string> all_of(const url& address, std::string_view name)
{
    std::vector<std::string> found;
    const auto form = http::form::parse(address.query()).value();
    for (const auto& each : form.fields())
        if (each.name == name)
            found.push_back(each.value);
    return found;
}

// UserInfo that names a place for `address`.
json_value pointing_to(const json_value& source)
{
    return {{"sub", "s-1"}, {"_claim_names", {{"address", "src1"}}}, {"_claim_sources", {{"src1", source}}}};
}

} // namespace

TEST_CASE("every setting about the request for sign-in is in that request", "[flow]")
{
    const auto row = GENERATE(values<wish>({
        {{}, "response_type", {"code"}},
        {{}, "response_mode", {}},
        {{}, "code_challenge_method", {"S256"}},
        {{{"OIDC_AUTH_METHOD", "code"}}, "code_challenge", {}},
        {{{"OIDC_AUTH_METHOD", "implicit"}}, "response_type", {"id_token"}},
        {{{"OIDC_AUTH_METHOD", "implicit"}}, "response_mode", {"form_post"}},
        {{{"OIDC_AUTH_METHOD", "id_token token"}}, "response_type", {"id_token token"}},
        {{{"OIDC_AUTH_METHOD", "code id_token"}}, "response_type", {"code id_token"}},
        {{{"OIDC_AUTH_METHOD", "code token"}}, "response_type", {"code token"}},
        {{{"OIDC_AUTH_METHOD", "code id_token token"}}, "response_type", {"code id_token token"}},
        {{{"OIDC_RESPONSE_MODE", "query"}}, "response_mode", {"query"}},
        {{{"OIDC_RESPONSE_MODE", "form_post"}}, "response_mode", {"form_post"}},
        {{{"OIDC_SCOPES", "openid,groups"}}, "scope", {"openid groups"}},
        {{}, "prompt", {}},
        {{{"OIDC_PROMPT", "login consent"}}, "prompt", {"login consent"}},
        {{}, "max_age", {}},
        {{{"OIDC_MAX_AGE", "10m"}}, "max_age", {"600"}},
        {{}, "acr_values", {}},
        {{{"OIDC_ACR_VALUES", "urn:mfa,phr"}}, "acr_values", {"urn:mfa phr"}},
        {{{"OIDC_DISPLAY", "popup"}}, "display", {"popup"}},
        {{{"OIDC_DOMAIN_HINT", "acme.example"}}, "domain_hint", {"acme.example"}},
        {{{"OIDC_RESOURCE", "https://one.example/,https://two.example/"}},
         "resource",
         {"https://one.example/", "https://two.example/"}}, // RFC 8707, 2: one parameter each
        {{{"OIDC_AUDIENCE", "https://api.example/"}}, "audience", {"https://api.example/"}},
        {{{"OIDC_CLAIMS", R"({"id_token":{"acr":{"essential":true}}})"}},
         "claims",
         {R"({"id_token":{"acr":{"essential":true}}})"}},
        {{{"OIDC_EXTRA_PARAMETERS", "kc_idp_hint=github;ui_locales=de fr"}}, "kc_idp_hint", {"github"}},
        {{{"OIDC_EXTRA_PARAMETERS", "kc_idp_hint=github;ui_locales=de fr"}}, "ui_locales", {"de fr"}},
    }));
    CAPTURE(row.parameter);
    preset_house any(with(row.settings));
    CHECK(all_of(any.here.leave().provider_address, row.parameter) == row.values);
}

TEST_CASE("a link says to the provider what the settings let it say, and nothing else", "[flow]")
{
    const auto [listed, query, parameter, value] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"", "login_hint=a%40b.example", "login_hint", "a@b.example"}, // as it is unless it is set
            {"", "prompt=create", "prompt", "create"},
            {"", "prompt=none", "prompt", ""},
            {"", "first_screen=register", "first_screen", ""},
            {"first_screen=register", "first_screen=register", "first_screen", "register"},
            {"first_screen=register", "first_screen=sign_in", "first_screen", ""},
            {"first_screen=register", "login_hint=a%40b.example", "login_hint", ""},
            {"acr_values", "acr_values=urn%3Amfa", "acr_values", "urn:mfa"},
            {"ui_locales", "ui_locales=de", "ui_locales", "de"},
            {"max_age", "max_age=5", "max_age", "5"},
            {"display", "display=touch", "display", "touch"},
            {"domain_hint", "domain_hint=acme.example", "domain_hint", "acme.example"},
            {"resource", "resource=https%3A%2F%2Ftwo.example%2F", "resource", "https://two.example/"},
            {"audience", "audience=two", "audience", "two"},
            {"claims", "claims=%7B%22userinfo%22%3A%7B%7D%7D", "claims", R"({"userinfo":{}})"},
            {"login_hint", "scope=admin", "scope", "openid profile email"},
        }));
    CAPTURE(listed, query);
    // What a link says stands in place of what is set.
    preset_house any(with(
        {{"OIDC_LOGIN_PARAMETERS", listed},
         {"OIDC_DISPLAY", "page"},
         {"OIDC_DOMAIN_HINT", "one.example"},
         {"OIDC_RESOURCE", "https://one.example/"},
         {"OIDC_AUDIENCE", "one"},
         {"OIDC_CLAIMS", R"({"id_token":{}})"}}
    ));
    const auto there = any.here.leave("/oidc/login?" + query).provider_address;
    CHECK(all_of(there, parameter) == (value.empty() ? std::vector<std::string>() : std::vector{value}));
}

TEST_CASE(
    "each address of the settings is the one that is used, and the others stay the document's", "[flow]"
)
{
    const auto [setting, address] = GENERATE(table<std::string, std::string>({
        {"OIDC_AUTHORIZATION_ENDPOINT", "https://else.example/authorize"},
        {"OIDC_TOKEN_ENDPOINT", "https://else.example/token"},
        {"OIDC_JWKS_URI", "https://else.example/jwks"},
        {"OIDC_USERINFO_ENDPOINT", "https://else.example/userinfo"},
        {"OIDC_END_SESSION_ENDPOINT", "https://else.example/end"},
        {"OIDC_REVOCATION_ENDPOINT", "https://else.example/revoke"},
        {"OIDC_METADATA_URL", "https://else.example/.well-known/openid-configuration"},
    }));
    CAPTURE(setting);
    preset_house any(with(
        {{setting, address},
         {"OIDC_USERINFO", "always"},
         {"OIDC_REVOKE_TOKENS", "true"},
         {"IDENTITY_ACCESS_TOKEN_HEADER", "X-Access-Token"}} // so that there is one to take back
    ));
    any.peer().metadata.update(
        {{"end_session_endpoint", issuer + "/end"}, {"revocation_endpoint", issuer + "/revoke"}}
    );
    any.peer().instead["/revoke"] = always(json_value::object());
    const auto there = any.here.leave();
    REQUIRE(any.here.come_back(there).status == 303);
    const auto out = any.way_out();
    any.here.io.restart();
    any.here.io.run(); // the revocation goes on behind the answer
    auto used = any.asked_addresses();
    for (const auto& each : {there.provider_address.text(), out})
        used.append(each.substr(0, each.find('?'))).append("\n");
    for (const auto* const path :
         {"/.well-known/openid-configuration", "/authorize", "/token", "/jwks", "/userinfo", "/end", "/revoke"
         })
    {
        CAPTURE(path, used);
        const auto is_moved = address.ends_with(path);
        CHECK(has(used, (is_moved ? address : issuer + path) + "\n"));
        CHECK_FALSE(has(used, (is_moved ? issuer : "https://else.example") + path + "\n"));
    }
}

TEST_CASE("a request is pushed to the address of the settings", "[flow]")
{
    preset_house any(with(
        {{"OIDC_PUSHED_AUTHORIZATION", "always"},
         {"OIDC_PUSHED_AUTHORIZATION_REQUEST_ENDPOINT", "https://else.example/par"}}
    ));
    CHECK(parameter_of(any.here.leave().provider_address.text(), "request_uri") == "urn:x:1");
    CHECK(has(any.asked_addresses(), "https://else.example/par\n"));
}

TEST_CASE("keys of a file are the provider's, and none is fetched", "[flow]")
{
    const temporary_directory disk;
    const auto theirs = signing_key::make("ES256");
    const auto is_right = GENERATE(true, false);
    preset_house any(with({{"OIDC_JWKS_FILE", disk.write("keys.pem", theirs.public_pem())}}));
    if (is_right)
        any.peer().key = theirs;
    CHECK((any.sign_in().status == 303) == is_right);
    CHECK(any.here.is_signed_in() == is_right);
    CHECK(any.peer().asked("/jwks") == 0);
}

TEST_CASE("the access token goes to UserInfo where the setting says (ArcGIS's switch)", "[flow]")
{
    const auto [place, field, body, query] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"", "Bearer at-1", "", ""},
            {"header", "Bearer at-1", "", ""},
            {"body", "", "access_token=at-1", ""},
            {"query", "", "", "access_token=at-1"},
        }));
    CAPTURE(place);
    preset_house any(with({{"OIDC_USERINFO", "always"}, {"OIDC_USERINFO_TOKEN", place}}), doubts::allowed);
    REQUIRE(any.sign_in().status == 303);
    const auto& last = any.peer().requests().back();
    REQUIRE(last.target.path() == "/userinfo");
    std::string authorization;
    for (const auto& [name, value] : last.fields)
        if (name == "Authorization")
            authorization = value;
    CHECK(authorization == field);
    CHECK(last.body == body);
    CHECK(last.target.query() == query);
}

TEST_CASE("claims are read from where the provider points to, if the settings allow its host", "[flow]")
{
    const auto [hosts, expected] = GENERATE(table<std::string, std::string>({
        {"claims.example", "1 Main St"},
        {"", ""},
        {"other.example", ""},
    }));
    CAPTURE(hosts);
    preset_house any(
        with({{"OIDC_CLAIM_HOSTS", hosts}, {"OIDC_USERINFO", "always"}, {"IDENTITY_NAME_CLAIM", "address"}})
    );
    any.peer().userinfo = pointing_to({{"endpoint", "https://claims.example/c"}});
    any.peer().instead["/c"] = always({{"address", "1 Main St"}});
    const auto name = any.person()["name"];
    CHECK((name.is_string() ? name.get<std::string>() : "") == expected);
    CHECK(any.peer().asked("/c") == (expected.empty() ? 0U : 1U));
}

TEST_CASE("claims that the provider itself signed are read from inside UserInfo", "[flow]")
{
    preset_house any(with({{"OIDC_USERINFO", "always"}, {"IDENTITY_NAME_CLAIM", "address"}}));
    any.peer().userinfo =
        pointing_to({{"JWT", any.peer().key.sign_with_kid("k1", R"({"address":"1 Main St"})")}});
    CHECK(any.person()["name"] == "1 Main St");
}

TEST_CASE("each call has the time that the settings give it", "[flow]")
{
    preset_house any(with(
        {{"OIDC_USERINFO", "always"},
         {"OIDC_METADATA_TIMEOUT", "2s"},
         {"OIDC_TOKEN_TIMEOUT", "3s"},
         {"OIDC_USERINFO_TIMEOUT", "4s"}}
    ));
    REQUIRE(any.sign_in().status == 303);
    std::string times;
    for (const auto& each : any.peer().requests())
        times.append(each.target.path())
            .append(" ")
            .append(std::to_string(each.timeout.count()))
            .append("\n");
    CHECK(times == "/.well-known/openid-configuration 2000\n/token 3000\n/jwks 2000\n/userinfo 4000\n");
}
