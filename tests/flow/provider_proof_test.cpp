// SPDX-License-Identifier: Apache-2.0
// What the settings of a provider make of whom it lets in, and of how we prove ourselves there, from the
// environment to the wire.
#include "base/encoding.hpp"
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

settings::sources with(settings::environment changes)
{
    changes.insert({"OIDC_ISSUER", "https://id.acme.example"});
    return written("generic", changes);
}

} // namespace

TEST_CASE("whom the settings let in is let in, and nobody else", "[flow]")
{
    struct rule
    {
        settings::environment settings;
        std::string claims;  // in place of the usual ones
        std::string refused; // the code; empty: signed in
    };
    const auto row = GENERATE(values<rule>({
        {{}, R"({"aud":["gate","api"]})", "oidc_generic_token_failure"},
        {{{"OIDC_TRUSTED_AUDIENCES", "api"}}, R"({"aud":["gate","api"]})", ""},
        {{{"OIDC_TRUSTED_AUDIENCES", "api"}}, R"({"aud":["api"]})", "oidc_generic_token_failure"},
        {{}, R"({"exp":1789999910})", "oidc_generic_token_failure"}, // 90 s ago
        {{{"OIDC_CLOCK_SKEW", "2m"}}, R"({"exp":1789999910})", ""},
        {{{"OIDC_CLOCK_SKEW", "0s"}}, R"({"iat":1790000030})", "oidc_generic_token_failure"},
        {{{"OIDC_SIGNING_ALGORITHMS", "RS256"}}, "{}", "oidc_generic_token_failure"}, // it is ES256
        {{{"OIDC_SIGNING_ALGORITHMS", "RS256,ES256"}}, "{}", ""},
        {{{"OIDC_MAX_AGE", "10m"}}, "{}", "oidc_generic_token_failure"}, // no auth_time
        {{{"OIDC_MAX_AGE", "10m"}}, R"({"auth_time":1789999000})", "oidc_generic_token_failure"},
        {{{"OIDC_MAX_AGE", "10m"}}, R"({"auth_time":1789999900})", ""},
    }));
    CAPTURE(row.claims);
    auto changes = row.settings;
    changes.insert({"OIDC_CLIENT_ID", "gate"});
    preset_house any(with(changes));
    any.peer().claims.update(json_value::parse(row.claims));
    const auto back = any.sign_in();
    CHECK(any.here.is_signed_in() == row.refused.empty());
    if (!row.refused.empty())
        CHECK(has(back.body, row.refused));
}

TEST_CASE("an assertion that somebody else writes is read anew for each sign-in", "[flow]")
{
    // Kubernetes' projected token, or Entra's federated credential (RFC 7523).
    const temporary_directory disk;
    const auto cluster = signing_key::make("RS256");
    const auto assertion = [&](const std::string& jti)
    { return cluster.sign_with_kid("c", json_value{{"jti", jti}, {"exp", opening + 600}}.dump()); };
    const auto file = disk.write("token", assertion("1"));
    preset_house entra(written(
        "entra",
        {{"OIDC_ISSUER", "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"},
         {"OIDC_CLIENT_SECRET", ""},
         {"OIDC_ASSERTION_FILE", file}}
    ));
    entra.peer().claims.update({{"oid", "o-1"}, {"tid", "11111111-2222-3333-4444-555555555555"}});
    std::string current = assertion("1");
    entra.peer().instead["/token"] = [&](const net::outgoing_request& request)
    {
        const auto form = http::form::parse(request.body).value();
        if (form.first("client_assertion") != current || form.first("client_secret"))
            return json_reply({{"error", "invalid_client"}}, 401);
        return json_reply(
            {{"id_token", entra.peer().id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}}
        );
    };
    CHECK(entra.sign_in().status == 303);
    CHECK(entra.token_field("Origin").empty()); // a registration that proves itself is of the kind Web
    current = assertion("2");
    disk.write("token", current);
    std::swap(entra.here.jar, entra.here.other_browser);
    CHECK(entra.sign_in().status == 303);
    disk.write("token", "");
    std::swap(entra.here.jar, entra.here.other_browser);
    const auto refused = entra.sign_in("/oidc/login?prompt=login");
    CHECK(has(refused.body, "oidc_code_exchange_failure"));
}

TEST_CASE("Entra finds our key by the thumbprint of its certificate", "[flow]")
{
    const temporary_directory disk;
    settings::environment changes{
        {"OIDC_CLIENT_SECRET", ""},
        {"OIDC_SIGNING_KEY", disk.write("key.pem", openssl_ec_pkcs8)},
        {"OIDC_SIGNING_CERTIFICATE", disk.write("key.crt", openssl_ec_certificate)},
    };
    preset_house any(with(changes));
    REQUIRE(any.sign_in().status == 303);
    const auto form = http::form::parse(any.peer().last_body("/token")).value();
    const std::string assertion(form.first("client_assertion").value_or(""));
    const auto header =
        json_value::parse(as_text(base64url_decode(assertion.substr(0, assertion.find('.'))).value()));
    CHECK(header.value("x5t", "") == openssl_ec_x5t);
    CHECK(header.value("alg", "") == "ES256");
}

TEST_CASE("a registration that wants an Origin, or none, says so, and the report names the setting", "[flow]")
{
    const auto [origin, said, remedy] = GENERATE(table<std::string, std::string, std::string>({
        {"on",
         "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application'",
         "oidc.token_origin to off"},
        {"off",
         "AADSTS9002327: Tokens issued for the 'Single-Page Application' may only be redeemed via "
         "cross-origin",
         "oidc.token_origin to on"},
    }));
    CAPTURE(origin);
    preset_house any(with({{"OIDC_TOKEN_ORIGIN", origin}}));
    any.peer().instead["/token"] = always({{"error", "invalid_request"}, {"error_description", said}}, 400);
    const auto ticket = gateway::make_test_ticket(any.here.test_tickets, any.here.now, any.here.random);
    const auto report = any.sign_in("/oidc/test?ticket=" + ticket + "&idp=default");
    CHECK(has(report.body, "oidc_code_exchange_failure"));
    CHECK(has(report.body, remedy));
}
