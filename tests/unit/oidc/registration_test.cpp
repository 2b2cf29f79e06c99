// SPDX-License-Identifier: Apache-2.0
#include "oidc/registration.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace sekisho;
using nlohmann::json;

namespace
{

oidc::client_description plain()
{
    oidc::client_description made;
    made.name = "app.example.com";
    made.redirect_uris = {"https://app.example.com/oidc/callback"};
    made.scope = "openid email";
    return made;
}

std::string field(const oidc::registration_request& of, std::string_view name)
{
    const auto found = std::ranges::find(of.fields, name, [](const auto& each) { return each.first; });
    return found == of.fields.end() ? "" : found->second;
}

} // namespace

TEST_CASE("client metadata says what is there and nothing else (RFC 7591, 2)", "[oidc]")
{
    CHECK(
        oidc::client_metadata(plain()) ==
        json{
            {"application_type", "web"},
            {"client_name", "app.example.com"},
            {"redirect_uris", {"https://app.example.com/oidc/callback"}},
            {"response_types", {"code"}},
            {"grant_types", {"authorization_code"}},
            {"token_endpoint_auth_method", "client_secret_basic"},
            {"scope", "openid email"},
        }
    );
    auto all = plain();
    all.post_logout_redirect_uris = {"https://app.example.com/logout"};
    all.initiate_login_uri = "https://app.example.com/oidc/initiate";
    all.back_channel_logout_uri = "https://app.example.com/b";
    all.front_channel_logout_uri = "https://app.example.com/f";
    all.refreshes = oidc::wish::yes;
    all.method = oidc::client_authentication::private_key_jwt;
    all.signs_with = crypto::algorithm::es256;
    all.jwks_uri = "https://app.example.com/oidc/jwks";
    all.keys = R"({"keys":[]})"; // the address is enough
    all.id_token_signed = crypto::algorithm::ps256;
    all.id_token_encrypted = "RSA-OAEP-256";
    all.request_signed = crypto::algorithm::es256;
    all.response_signed = crypto::algorithm::ps256;
    all.pushes_requests = all.binds_to_dpop_key = all.binds_to_certificate = oidc::wish::yes;
    auto expected = oidc::client_metadata(plain());
    expected.update({
        {"grant_types", {"authorization_code", "refresh_token"}},
        {"post_logout_redirect_uris", {"https://app.example.com/logout"}},
        {"initiate_login_uri", "https://app.example.com/oidc/initiate"},
        {"backchannel_logout_uri", "https://app.example.com/b"},
        {"backchannel_logout_session_required", true},
        {"frontchannel_logout_uri", "https://app.example.com/f"},
        {"frontchannel_logout_session_required", true},
        {"token_endpoint_auth_method", "private_key_jwt"},
        {"token_endpoint_auth_signing_alg", "ES256"},
        {"jwks_uri", "https://app.example.com/oidc/jwks"},
        {"id_token_signed_response_alg", "PS256"},
        {"id_token_encrypted_response_alg", "RSA-OAEP-256"},
        {"request_object_signing_alg", "ES256"},
        {"require_signed_request_object", true},
        {"authorization_signed_response_alg", "PS256"},
        {"require_pushed_authorization_requests", true},
        {"dpop_bound_access_tokens", true},
        {"tls_client_certificate_bound_access_tokens", true},
    });
    CHECK(oidc::client_metadata(all) == expected);
}

TEST_CASE("response types and grants are those of the flow (Registration 1.0, 2)", "[oidc]")
{
    const auto [flow, type, grants] = GENERATE(table<oidc::flow, std::string, json>({
        {oidc::flow::code, "code", {"authorization_code", "refresh_token"}},
        {oidc::flow::implicit, "id_token", {"implicit"}},
        {oidc::flow::id_token_token, "id_token token", {"implicit"}},
        {oidc::flow::code_token, "code token", {"authorization_code", "implicit", "refresh_token"}},
        {oidc::flow::code_id_token, "code id_token", {"authorization_code", "implicit", "refresh_token"}},
    }));
    CAPTURE(type);
    auto about = plain();
    about.flow = flow;
    about.refreshes = oidc::wish::yes;
    const auto made = oidc::client_metadata(about);
    CHECK(made["response_types"] == json{type});
    CHECK(made["grant_types"] == grants);
}

TEST_CASE("tokens through a browser to plain http are for native clients only", "[oidc]")
{
    auto about = plain();
    about.redirect_uris = {"http://localhost:8080/oidc/callback"};
    CHECK(oidc::client_metadata(about)["application_type"] == "web");
    about.flow = oidc::flow::implicit;
    CHECK(oidc::client_metadata(about)["application_type"] == "native");
    about.redirect_uris = {"https://app.example.com/oidc/callback"};
    CHECK(oidc::client_metadata(about)["application_type"] == "web");
}

TEST_CASE("keys go along where nobody can fetch them", "[oidc]")
{
    auto about = plain();
    about.keys = R"({"keys":[{"kty":"EC"}]})";
    const auto made = oidc::client_metadata(about);
    CHECK(made["jwks"] == json{{"keys", {{{"kty", "EC"}}}}});
    CHECK_FALSE(made.contains("jwks_uri"));
}

TEST_CASE("a registration has the initial access token only where there is one", "[oidc]")
{
    const auto at = url::parse("https://idp.example/register").value();
    const auto open = oidc::register_client(at, {{"a", 1}}, {});
    CHECK(open.method == "POST");
    CHECK(open.body == R"({"a":1})");
    CHECK(field(open, "Content-Type") == "application/json");
    CHECK(field(open, "Authorization").empty());
    CHECK(field(oidc::register_client(at, {{"a", 1}}, secret("t")), "Authorization") == "Bearer t");
}

TEST_CASE(
    "a change says the client's id and secret, a removal says nothing (RFC 7592, 2.2 and 2.3)", "[oidc]"
)
{
    const oidc::kept_registration client{
        oidc::client_id("c-1"),
        secret("s3cret"),
        url::parse("https://idp.example/register/c-1").value(),
        secret("t-1")
    };
    const auto change = oidc::update_client(client, {{"scope", "openid"}});
    CHECK(change.method == "PUT");
    CHECK(change.endpoint.text() == "https://idp.example/register/c-1");
    CHECK(
        json::parse(change.body) ==
        json{{"client_id", "c-1"}, {"client_secret", "s3cret"}, {"scope", "openid"}}
    );
    CHECK(field(change, "Authorization") == "Bearer t-1");
    const auto removal = oidc::delete_client(client);
    CHECK(removal.method == "DELETE");
    CHECK(removal.body.empty());
    CHECK(field(removal, "Authorization") == "Bearer t-1");
}
