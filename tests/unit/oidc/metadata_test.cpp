// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "oidc/metadata.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using test::outcome;

namespace
{

const std::string idp = "https://idp.example/realms/r";

json good_document()
{
    return {
        {"issuer", idp},
        {"authorization_endpoint", idp + "/auth"},
        {"token_endpoint", idp + "/token"},
        {"userinfo_endpoint", idp + "/userinfo"},
        {"jwks_uri", idp + "/certs"},
        {"end_session_endpoint", idp + "/logout"},
        {"token_endpoint_auth_methods_supported", {"client_secret_post", "private_key_jwt"}},
        {"id_token_signing_alg_values_supported", {"RS256", "ES384"}},
        {"response_types_supported", {"code", "id_token"}},
        {"response_modes_supported", {"query", "form_post"}},
        {"code_challenge_methods_supported", {"plain", "S256"}},
        {"authorization_response_iss_parameter_supported", true},
        {"require_pushed_authorization_requests", true},
        {"require_signed_request_object", false},
        {"request_object_signing_alg_values_supported", {"PS256"}},
        {"request_object_encryption_alg_values_supported", {"ECDH-ES"}},
        {"request_object_encryption_enc_values_supported", {"A256GCM"}},
        {"frontchannel_logout_supported", true},
        {"backchannel_logout_supported", false},
        {"mtls_endpoint_aliases", {{"token_endpoint", "https://mtls.example/token"}}},
    };
}

json with(std::string_view member, json value)
{
    auto document = good_document();
    document[std::string(member)] = std::move(value);
    return document;
}

result<metadata> read(const json& document, flow needed = flow::pkce)
{
    const auto setting = parse_issuer(idp, transport::https_or_loopback).value();
    return parse_metadata(document.dump(), setting, transport::https_or_loopback, needed);
}

} // namespace

TEST_CASE("a discovery document is read with everything we use", "[oidc]")
{
    const auto made = read(good_document());
    REQUIRE(outcome(made) == "ok");
    CHECK(made->issuer == issuer(idp));
    CHECK(made->authorization_endpoint.text() == idp + "/auth");
    CHECK(made->token_endpoint->text() == idp + "/token");
    CHECK(made->userinfo_endpoint->text() == idp + "/userinfo");
    CHECK(made->jwks_uri->text() == idp + "/certs");
    CHECK(made->end_session_endpoint->text() == idp + "/logout");
    CHECK_FALSE(made->revocation_endpoint);
    CHECK(
        made->token_endpoint_auth_methods == std::vector<std::string>{"client_secret_post", "private_key_jwt"}
    );
    CHECK(made->id_token_signing_algorithms == std::vector<std::string>{"RS256", "ES384"});
    CHECK(made->response_iss == support::yes);
    CHECK(made->requires_pushed_requests == support::yes);
    CHECK(made->requires_request_objects == support::no);
    CHECK(made->request_object_algorithms == std::vector<std::string>{"PS256"});
    CHECK(made->request_object_key_managements == std::vector<std::string>{"ECDH-ES"});
    CHECK(made->request_object_content_encryptions == std::vector<std::string>{"A256GCM"});
    CHECK_FALSE(made->pushed_authorization_request_endpoint);
    CHECK(made->front_channel_logout == support::yes);
    CHECK(made->back_channel_logout == support::no);
    CHECK(made->back_channel_logout_session == support::unknown);
}

TEST_CASE("a discovery document that lacks or spoils a member is refused by its name", "[oidc]")
{
    const auto [member, value, flow, expected] = GENERATE(table<std::string, json, oidc::flow, std::string>({
        {"issuer", nullptr, flow::pkce, "metadata.issuer"},
        {"issuer", 7, flow::pkce, "metadata.issuer"},
        {"authorization_endpoint", nullptr, flow::pkce, "authorization_endpoint"}, // Discovery 3: REQUIRED
        {"authorization_endpoint", nullptr, flow::implicit, "authorization_endpoint"},
        {"authorization_endpoint", "", flow::pkce, "authorization_endpoint"},
        {"token_endpoint", nullptr, flow::pkce, "token_endpoint"}, // REQUIRED unless only implicit
        {"token_endpoint", nullptr, flow::code, "token_endpoint"},
        {"token_endpoint", 1, flow::implicit, "token_endpoint"},
        {"jwks_uri", nullptr, flow::pkce, "jwks_uri"},
        {"jwks_uri", json::array({"https://idp.example/certs"}), flow::pkce, "jwks_uri"},
        {"jwks_uri", "http://idp.example/certs", flow::pkce, "jwks_uri"}, // plain http
        {"jwks_uri", "https://u:p@idp.example/certs", flow::pkce, "jwks_uri"},
        {"token_endpoint", "/token", flow::pkce, "token_endpoint"},
        {"userinfo_endpoint", "http://idp.example/me", flow::pkce, "userinfo_endpoint"},
        {"end_session_endpoint", "javascript:alert(1)", flow::pkce, "end_session_endpoint"},
        {"response_types_supported", "code", flow::pkce, "response_types_supported"},
        {"id_token_signing_alg_values_supported", json::array({1}), flow::pkce, "id_token_signing_alg_values"
        },
        {"frontchannel_logout_supported", "true", flow::pkce, "frontchannel_logout_supported"},
    }));
    CAPTURE(member, value.dump());
    const auto made = read(with(member, value), flow);
    CHECK(outcome(made) == "oidc_metadata_fetch_failure at metadata");
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains(expected));
}

TEST_CASE("implicit needs no token endpoint, and what a provider does not have may be empty", "[oidc]")
{
    CHECK(outcome(read(with("token_endpoint", nullptr), flow::implicit)) == "ok");
    const auto made = read(with("end_session_endpoint", ""));
    REQUIRE(outcome(made) == "ok");
    CHECK_FALSE(made->end_session_endpoint);
}

TEST_CASE("PingFederate's own name for the end of a session is known", "[oidc]")
{
    auto document = good_document();
    document.erase("end_session_endpoint");
    document["ping_end_session_endpoint"] = "https://ping.example/idp/startSLO.ping";
    const auto old = read(document);
    REQUIRE(outcome(old) == "ok");
    CHECK(old->ping_end_session_endpoint->text() == "https://ping.example/idp/startSLO.ping");
    CHECK_FALSE(old->end_session_endpoint); // it does not know the standard's words
    document["end_session_endpoint"] = "https://ping.example/idp/init_logout.openid";
    document["ping_end_session_endpoint"] = 7; // of no interest beside it
    const auto both = read(document);
    REQUIRE(outcome(both) == "ok");
    CHECK(both->end_session_endpoint->text() == "https://ping.example/idp/init_logout.openid");
    CHECK_FALSE(both->ping_end_session_endpoint);
}

TEST_CASE(
    "OIDCCClientTestDiscoveryIssuerMismatch, CVE-2026-49478: the document must be of the configured issuer",
    "[oidc]"
)
{
    const auto [issuer, words] = GENERATE(table<std::string, std::string>({
        {"https://idp.example/realms/r/", "final slash"},
        {"http://idp.example/realms/r", "http"},
        {"https://idp.example/realms/R", "case"},
        {"https://evil.example/realms/r", "hosts differ"},
    }));
    const auto made = read(with("issuer", issuer));
    CHECK(outcome(made) == "oidc_issuer_mismatch at metadata.issuer");
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains(words));
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains(issuer));
    CHECK_THAT(test::detail(made), Catch::Matchers::Contains(idp));
}

TEST_CASE("a discovery document that is no bounded JSON object is refused", "[oidc]")
{
    const auto setting = parse_issuer(idp, transport::https_or_loopback).value();
    const auto document = GENERATE(
        std::string(""),
        std::string("<html>"),
        std::string("[]"),
        std::string("null"),
        good_document().dump() + "x",
        good_document().dump().substr(0, 40),
        std::string(R"({"issuer":"https://idp.example/realms/r","issuer":"https://evil.example"})"),
        std::string(2 * 1024 * 1024, ' ')
    );
    const auto made = parse_metadata(document, setting, transport::https_or_loopback, flow::pkce);
    CHECK(outcome(made) == "oidc_metadata_fetch_failure at metadata");
}

TEST_CASE("CVE-2026-48042: a discovery document nested a million deep is a clean error", "[oidc]")
{
    const auto setting = parse_issuer(idp, transport::https_or_loopback).value();
    const auto deep = R"({"issuer":)" + std::string(1'000'000, '[');
    const auto made = parse_metadata(deep, setting, transport::https_or_loopback, flow::pkce);
    CHECK(outcome(made) == "oidc_metadata_fetch_failure at metadata");
}

TEST_CASE("addresses for client certificates are read, and held to the same rules (RFC 8705, 5)", "[oidc]")
{
    const auto made = read(good_document());
    REQUIRE(outcome(made) == "ok");
    CHECK(made->mtls.token_endpoint->text() == "https://mtls.example/token");
    CHECK_FALSE(made->mtls.userinfo_endpoint);
    CHECK_FALSE(read(with("mtls_endpoint_aliases", nullptr))->mtls.token_endpoint);
    for (const auto& bad : {json(7), json{{"token_endpoint", "http://mtls.example/token"}}})
    {
        const auto refused = read(with("mtls_endpoint_aliases", bad));
        CHECK(outcome(refused) == "oidc_metadata_fetch_failure at metadata");
        CHECK_THAT(test::detail(refused), Catch::Matchers::Contains("mtls_endpoint_aliases"));
    }
}

TEST_CASE("every flow with a code needs a token endpoint", "[oidc]")
{
    const auto how = GENERATE(flow::code_id_token, flow::code_token, flow::code_id_token_token);
    CHECK(outcome(read(with("token_endpoint", nullptr), how)) == "oidc_metadata_fetch_failure at metadata");
}

TEST_CASE("a response type is announced in any order of its words", "[oidc]")
{
    const auto announced = [](const std::string& type)
    { return doubts(*read(with("response_types_supported", {type})), flow::code_id_token_token); };
    CHECK(announced("id_token token code").empty());
    CHECK(announced("code id_token token").empty());
    CHECK(announced("code id_token").size() == 1);
    CHECK(announced("code id_token tokens").size() == 1);
}

TEST_CASE("the document of many tenants must have the template of the configured issuer", "[oidc]")
{
    const auto read_as = [](std::string_view configured, issuer_rule rule, std::string_view received)
    {
        auto setting = parse_issuer(configured, transport::https_or_loopback).value();
        setting.rule = rule;
        const auto document = with("issuer", received);
        return outcome(parse_metadata(document.dump(), setting, transport::https_or_loopback, flow::pkce));
    };
    const std::string mismatch = "oidc_issuer_mismatch at metadata.issuer";
    const auto [configured, received, expected] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"https://login.example/common/v2.0", "https://login.example/{tenantid}/v2.0", "ok"},
        {"https://login.example/organizations/v2.0", "https://login.example/{tenantid}/v2.0", "ok"},
        {"https://login.example/common", "https://sts.windows.net/{tenantid}/", "ok"}, // Entra's v1
        {"https://login.example/common", "https://sts.evil.example/{tenantid}/", mismatch},
        {"https://login.example/common/v2.0", "https://evil.example/{tenantid}/v2.0", mismatch},
        {"https://login.example/common/v2.0", "https://login.example/common/v2.0", mismatch},
        {"https://login.example/common/v2.0", "https://login.example/{tenantid}", mismatch},
        {"https://login.example/common/v2.0", "https://login.example/{tenantid}/{tenantid}", mismatch},
        {"https://login.example/common/v2.0", "https://login.example/x{tenantid}/v2.0", mismatch},
        {"https://login.example/common/v2.0", "https://{tenantid}/common/v2.0", mismatch},
    }));
    CAPTURE(configured, received);
    CHECK(read_as(configured, issuer_rule::tenant_template, received) == expected);
    CHECK(read_as(configured, issuer_rule::exact, received) == (configured == received ? "ok" : mismatch));
}

TEST_CASE("what a provider announces not to support is said, but refuses nothing", "[oidc]")
{
    CHECK(doubts(*read(good_document()), flow::pkce).empty());
    CHECK(doubts(*read(with("code_challenge_methods_supported", nullptr)), flow::pkce).empty());
    CHECK(doubts(*read(with("code_challenge_methods_supported", {"plain"})), flow::pkce).size() == 1);
    CHECK(doubts(*read(with("code_challenge_methods_supported", {"plain"})), flow::code).empty());
    CHECK(doubts(*read(with("response_modes_supported", {"query"})), flow::implicit).size() == 1);
    CHECK(doubts(*read(with("response_types_supported", {"code"})), flow::implicit).size() == 1);
    CHECK(doubts(*read(with("scopes_supported", {"email"})), flow::pkce).size() == 1);
}
