// SPDX-License-Identifier: Apache-2.0
// Sign-ins under FAPI 2.0, from the settings on: what the profile turns on reaches the provider, and what it
// forbids signs nobody in.
#include "app/composition/provider.hpp"
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "flow/house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <utility>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// What provider_of() makes of these settings, with the house's names for provider and client.
provider::configuration configured(const temporary_directory& disk, const std::string& profile)
{
    const auto loaded = settings::load({
        .file = {},
        .variables =
            {{"OIDC_ISSUER", "https://idp.example"},
             {"OIDC_CLIENT_ID", "gate"},
             {"UPSTREAM_URL", "http://127.0.0.1:3000"},
             {"OIDC_PROFILE", profile},
             {"OIDC_USERINFO", "never"},
             {"OIDC_SIGNING_KEY", disk.write("key.pem", openssl_ec_pkcs8)},
             {"OIDC_CLIENT_CERTIFICATE", "/never/read/here"},
             {"OIDC_CLIENT_KEY", "/never/read/here"}},
        .overrides = {},
        .read_secret = {},
    });
    for (const auto& each : loaded.found.problems)
        FAIL(settings::to_text(each));
    const auto no_file = [](const std::string&) -> result<std::string>
    { return fail(errc::value_malformed, "file"); };
    return app::provider_of(settings::effective_providers(loaded.values).front(), no_file).value();
}

house_plan plan_for(const temporary_directory& disk, const std::string& profile)
{
    house_plan plan;
    if (profile == "fapi2_message_signing")
        plan.mode = oidc::response_mode::jwt;
    plan.configure = [&disk, profile](provider::configuration& what)
    {
        auto made = configured(disk, profile);
        made.name = what.name;
        made.offer = what.offer;
        what = std::move(made);
    };
    return plan;
}

struct bank : house
{
    explicit bank(const temporary_directory& disk, const std::string& profile = "fapi2_security")
        : house(plan_for(disk, profile))
    {
        peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
        peer.metadata["tls_client_certificate_bound_access_tokens"] = true;
        peer.metadata["token_endpoint_auth_methods_supported"] = {"private_key_jwt"};
        peer.metadata["id_token_signing_alg_values_supported"] = {"ES256", "RS256"};
        // Not announced: a profile wants `iss` all the same.
        peer.metadata.erase("authorization_response_iss_parameter_supported");
    }
    http::form sent_to(std::string_view path) const
    {
        return http::form::parse(peer.last_body(path)).value();
    }
    nlohmann::json assertion_at(std::string_view path) const
    {
        const auto form = sent_to(path);
        return payload_of(form.first("client_assertion").value_or(""));
    }
    static nlohmann::json payload_of(std::string_view jwt)
    {
        return nlohmann::json::parse(as_text(crypto::take_apart(jwt).value().payload));
    }
};

std::string without_iss(std::string query)
{
    const auto at = query.find("&iss=");
    const auto end = query.find('&', at + 1);
    return query.erase(at, end == std::string::npos ? end : end - at);
}

} // namespace

TEST_CASE("fapi2_security: somebody signs in by a pushed request, proven by a key for the issuer", "[flow]")
{
    const temporary_directory disk;
    bank here(disk);
    const auto there = here.leave();
    CHECK(
        there.provider_address.text() ==
        "https://idp.example/authorize?client_id=gate&request_uri=urn%3Ax%3A1"
    );
    CHECK(here.sent_to("/par").first("response_type") == "code");
    CHECK(here.sent_to("/par").first("code_challenge_method") == "S256");
    CHECK(here.sent_to("/par").first("redirect_uri") == "https://app.example.com/oidc/callback");
    CHECK(here.assertion_at("/par")["aud"] == "https://idp.example");
    CHECK(here.come_back(there).field("Location") == "/reports?a=1");
    CHECK(here.is_signed_in());
    CHECK(here.assertion_at("/token")["aud"] == "https://idp.example");
    CHECK(here.sent_to("/token").first("code_verifier"));
}

TEST_CASE("fapi2_security: an answer without iss signs nobody in, though nobody announced it", "[flow]")
{
    const temporary_directory disk;
    bank here(disk);
    const auto there = here.leave();
    const auto query = here.honest_query(there);
    REQUIRE(has(query, "&iss="));
    const auto page = here.get("/oidc/callback?" + without_iss(query), errand::link_elsewhere);
    CHECK(page.status == 400);
    CHECK(has(page.body, "oidc_issuer_mismatch"));
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 0);

    house plain; // without a profile it does
    plain.peer.metadata.erase("authorization_response_iss_parameter_supported");
    const auto away = plain.leave();
    plain.get("/oidc/callback?" + without_iss(plain.honest_query(away)), errand::link_elsewhere);
    CHECK(plain.is_signed_in());
}

TEST_CASE("fapi2_security: an ID token under another algorithm signs nobody in", "[flow]")
{
    const temporary_directory disk;
    const auto [algorithm, is_signed_in] = GENERATE(table<std::string, bool>({
        {"ES256", true},
        {"PS256", true},
        {"EdDSA", true},
        {"RS256", false},
        {"PS384", false},
        {"ES384", false},
    }));
    CAPTURE(algorithm);
    bank here(disk);
    here.peer.key = signing_key::make(algorithm);
    here.sign_in();
    CHECK(here.is_signed_in() == is_signed_in);
}

TEST_CASE("fapi2_security: an ID token signed with Ed448 signs nobody in", "[flow]")
{
    const temporary_directory disk;
    bank here(disk);
    here.peer.key = signing_key::make_ed448();
    here.sign_in();
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("fapi2_security: nobody is sent to a provider whose document does not keep it", "[flow]")
{
    const temporary_directory disk;
    const auto missing = GENERATE(
        as<std::string>{},
        "pushed_authorization_request_endpoint",
        "tls_client_certificate_bound_access_tokens"
    );
    bank here(disk);
    here.peer.metadata.erase(missing);
    const auto page = here.get("/oidc/login");
    CHECK(page.field("Location").empty());
    CHECK(page.status >= 500);
    CHECK(has(page.body, "oidc_metadata_fetch_failure"));
}

TEST_CASE("fapi2_message_signing: requests are signed by us and answers by the provider", "[flow]")
{
    const temporary_directory disk;
    bank here(disk, "fapi2_message_signing");
    const auto there = here.leave();
    const auto pushed = here.sent_to("/par");
    CHECK_FALSE(pushed.first("response_type"));
    const auto inside = bank::payload_of(pushed.first("request").value_or(""));
    CHECK(inside["aud"] == "https://idp.example");
    CHECK(inside["response_mode"] == "jwt");
    CHECK(inside["exp"].get<std::int64_t>() - inside["nbf"].get<std::int64_t>() <= 3600);
    CHECK(inside["redirect_uri"] == "https://app.example.com/oidc/callback");
    const auto answer = here.honest_query(there);
    CHECK(answer.starts_with("response="));
    CHECK(here.get("/oidc/callback?" + answer, errand::link_elsewhere).field("Location") == "/reports?a=1");
    CHECK(here.is_signed_in());
}

TEST_CASE("fapi2_message_signing: an answer that nobody signed, or with RS256, signs nobody in", "[flow]")
{
    const temporary_directory disk;
    bank here(disk, "fapi2_message_signing");
    const auto there = here.leave();
    SECTION("not signed")
    {
        const auto page = here.get(
            "/oidc/callback?state=" + there.state + "&code=c-1&iss=https%3A%2F%2Fidp.example",
            errand::link_elsewhere
        );
        CHECK(has(page.body, "oidc_login_error"));
    }
    SECTION("RS256")
    {
        here.peer.key = signing_key::make("RS256");
        const auto page = here.get("/oidc/callback?" + here.honest_query(there), errand::link_elsewhere);
        CHECK(has(page.body, "oidc_generic_token_failure"));
    }
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 0);
}
