// SPDX-License-Identifier: Apache-2.0
// Okta as it behaves (docs/providers/okta.md), from the settings on.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

const std::string organisation = "https://acme.okta.com";

settings::sources at(const std::string& issuer, const std::string& secret)
{
    return written("okta", {{"OIDC_ISSUER", issuer}, {"OIDC_CLIENT_SECRET", secret}});
}

// Okta's token endpoint: an Origin is the mark of a single-page application, which has no secret.
void insist_on_origin(preset_house& okta, const std::string& wanted)
{
    okta.peer().instead["/token"] = [&okta, wanted](const net::outgoing_request& asked)
    {
        std::string origin;
        for (const auto& [name, value] : asked.fields)
            origin = name == "Origin" ? value : origin;
        if (origin != wanted)
            return json_reply({{"error", "invalid_request"}, {"error_description", "PKCE"}}, 400);
        return json_reply(
            {{"id_token", okta.peer().id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}}
        );
    };
}

} // namespace

TEST_CASE("Okta's thin ID token is completed by UserInfo, groups included", "[flow]")
{
    preset_house okta(at(organisation, ""));
    CHECK(okta.from.oidc.preset == settings::preset::okta);
    okta.peer().userinfo = {
        {"sub", "s-1"}, {"preferred_username", "taro"}, {"email", "taro@acme.example"}, {"groups", {"staff"}}
    };
    const auto person = okta.person();
    CHECK(person["username"] == "taro");
    CHECK(person["groups"] == json_value{"staff"});
    CHECK(okta.peer().asked("/userinfo") == 1);
}

TEST_CASE("the groups scope is asked for where Okta has it: at the organisation's own server", "[flow]")
{
    const auto [issuer, scope] = GENERATE(table<std::string, std::string>({
        {organisation, "openid profile email groups"},
        {"https://acme.okta.com/oauth2/default", "openid profile email"},
        {"https://login.acme.example/oauth2/aus1x2y3z", "openid profile email"}, // a domain of one's own
    }));
    CAPTURE(issuer);
    preset_house okta(at(issuer, ""));
    CHECK(okta.from.oidc.preset == settings::preset::okta);
    CHECK(parameter_of(okta.here.leave().provider_address.text(), "scope") == scope);
    CHECK(okta.sign_in().status == 303);
}

TEST_CASE("Okta gets an Origin from a registration without a secret, and none from one with", "[flow]")
{
    const auto [secret, origin] = GENERATE(table<std::string, std::string>({
        {"", "https://app.example.com"},
        {"s3cret", ""},
    }));
    CAPTURE(secret);
    preset_house okta(at(organisation, secret));
    insist_on_origin(okta, origin);
    CHECK(okta.sign_in().status == 303);
    CHECK(okta.token_field("Origin") == origin);
}

TEST_CASE("a setting wins over Okta's preset: somebody who wants an Origin with a secret gets it", "[flow]")
{
    auto settings = at(organisation, "s3cret");
    settings.variables["OIDC_TOKEN_ORIGIN"] = "on";
    preset_house okta(settings);
    REQUIRE(okta.sign_in().status == 303);
    CHECK(okta.token_field("Origin") == "https://app.example.com");
}

TEST_CASE("signing out at Okta brings the ID token as the hint that it insists on", "[flow]")
{
    preset_house okta(at(organisation, ""));
    okta.peer().metadata["end_session_endpoint"] = organisation + "/oauth2/v1/logout";
    REQUIRE(okta.sign_in().status == 303);
    const auto hint = okta.peer().id_token();
    const auto out = okta.way_out();
    CHECK(out.starts_with(organisation + "/oauth2/v1/logout?"));
    // ECDSA signatures differ from one to the next; what is signed does not.
    CHECK(parameter_of(out, "id_token_hint").starts_with(hint.substr(0, hint.rfind('.'))));
    CHECK(parameter_of(out, "post_logout_redirect_uri") == "https://app.example.com/logout");
}

TEST_CASE("Okta as a named provider of a file has the same ways", "[flow]")
{
    preset_house okta(in_yaml(R"(
providers:
  work:
    issuer: https://acme.okta.com
    client_id: 0oa1
server:
  public_url: https://app.example.com
upstream:
  url: http://127.0.0.1:3000
)"));
    CHECK(okta.from.name == "work");
    CHECK(parameter_of(okta.here.leave().provider_address.text(), "scope") == "openid profile email groups");
    REQUIRE(okta.sign_in().status == 303);
    CHECK(okta.token_field("Origin") == "https://app.example.com");
}

TEST_CASE("a single-page application at Okta proves itself by PKCE and nothing else", "[flow]")
{
    preset_house okta(at(organisation, ""));
    const auto there = okta.here.leave().provider_address;
    CHECK(parameter_of(there.text(), "code_challenge_method") == "S256");
    REQUIRE(okta.sign_in().status == 303);
    const auto sent = "?" + okta.peer().last_body("/token");
    CHECK(parameter_of(sent, "client_id") == okta.from.oidc.client_id);
    CHECK_FALSE(parameter_of(sent, "code_verifier").empty());
    CHECK(parameter_of(sent, "client_secret").empty());
    CHECK(okta.token_field("Authorization").empty());
}

TEST_CASE("okta-auth-js#1346: a hint that Okta would answer with 414 is left out of the address", "[flow]")
{
    const auto [groups, is_sent] = GENERATE(table<int, bool>({{20, true}, {100, false}, {800, false}}));
    CAPTURE(groups);
    preset_house okta(at(organisation, ""));
    okta.peer().metadata["end_session_endpoint"] = organisation + "/oauth2/v1/logout";
    for (int number = 0; number < groups; ++number)
        okta.peer().claims["groups"].push_back("a-group-of-many-" + std::to_string(number));
    CHECK(okta.peer().id_token().size() > static_cast<std::size_t>(groups) * 20);
    REQUIRE(okta.sign_in().status == 303);
    const auto out = okta.way_out();
    CHECK(parameter_of(out, "id_token_hint").empty() != is_sent);
    CHECK(parameter_of(out, "client_id") == okta.from.oidc.client_id);
    CHECK(out.size() < 3'000);
    CHECK_FALSE(okta.here.is_signed_in());
}

TEST_CASE("Okta takes tokens back from a client that proves itself, as the revocation does", "[flow]")
{
    auto settings = at(organisation, "s3cret");
    settings.variables["OIDC_REVOKE_TOKENS"] = "true";
    preset_house okta(settings);
    okta.peer().metadata["revocation_endpoint"] = organisation + "/oauth2/v1/revoke";
    std::vector<std::string> taken_back;
    okta.peer().instead["/oauth2/v1/revoke"] = [&](const net::outgoing_request& asked)
    {
        if (!field_of(asked, "Authorization").starts_with("Basic ") || !field_of(asked, "Origin").empty())
            return json_reply({{"error", "invalid_client"}}, 401);
        taken_back.push_back(parameter_of("?" + asked.body, "token"));
        return json_reply({}, 200);
    };
    okta.peer().instead["/token"] = [&](const net::outgoing_request&)
    {
        return json_reply(
            {{"id_token", okta.peer().id_token()},
             {"access_token", "at-1"},
             {"token_type", "Bearer"},
             {"refresh_token", "rt-1"}}
        );
    };
    REQUIRE(okta.sign_in().status == 303);
    okta.way_out();
    okta.here.io.restart();
    okta.here.io.poll();
    CHECK(taken_back == std::vector<std::string>{"rt-1", "at-1"});
}
