// SPDX-License-Identifier: Apache-2.0
#include "app/check/report.hpp"
#include "app/command/register_description.hpp"
#include "app/composition/parts.hpp"
#include "app/file.hpp"
#include "net/worker.hpp"
#include "support/catch.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <functional>

namespace sekisho::app
{
namespace
{

using change = std::function<void(settings::model&, const test::temporary_directory&)>;

struct workshop
{
    net::worker control;
    metric::registry metrics;
    settings::environment variables;
    file_reader read = read_file;
    oidc::metadata metadata;
    register_request wanted;
    settings::model values;

    workshop()
    {
        values.server.public_url = url::parse("https://app.example.com").value();
        values.oidc.issuer = "https://idp.example";
        values.oidc.client_id = "placeholder";
        values.oidc.client_secret = secret("placeholder");
    }
    result<json> describe()
    {
        const auto one = settings::effective_providers(values).front();
        auto made = make_provider(one, {control.get_executor(), metrics, read, variables});
        CAPTURE(made ? std::string() : made.error().front().message);
        REQUIRE(made);
        const auto about = describe_client(values, **made, metadata, wanted);
        if (!about)
            return std::unexpected(about.error());
        return oidc::client_metadata(*about);
    }
};

} // namespace

TEST_CASE("a client is registered with the addresses that check prints", "[app]")
{
    workshop the;
    const auto made = the.describe();
    REQUIRE(made);
    const auto addresses = registration_of(addresses_of(the.values));
    CHECK(made->at("redirect_uris") == json{addresses.redirect_uri});
    CHECK(made->at("post_logout_redirect_uris") == json{addresses.post_logout_redirect_uri});
    CHECK(made->at("backchannel_logout_uri") == addresses.back_channel_logout_uri);
    CHECK(made->at("frontchannel_logout_uri") == addresses.front_channel_logout_uri);
    CHECK(made->at("initiate_login_uri") == "https://app.example.com/oidc/initiate");
    CHECK(made->at("client_name") == "app.example.com");
    CHECK(made->at("scope") == "openid profile email");
    CHECK(made->at("token_endpoint_auth_method") == "client_secret_basic");
    CHECK_FALSE(made->contains("jwks_uri"));
    CHECK_FALSE(made->contains("id_token_signed_response_alg"));
}

TEST_CASE("what the settings want of a provider is registered there", "[app]")
{
    const test::temporary_directory files;
    files.write("key.pem", test::openssl_ec_pkcs8);
    files.write("cert.pem", test::openssl_ec_certificate);
    const auto [what, how, expected] = GENERATE(table<std::string, change, json>({
        {"nothing in particular", [](auto&, const auto&) {}, json::object()},
        {"a public client",
         [](auto& to, const auto&) { to.oidc.client_authentication = settings::client_authentication::none; },
         {{"token_endpoint_auth_method", "none"}}},
        {"renewals",
         [](auto& to, const auto&)
         {
             to.session.refresh = true;
             to.oidc.refresh_scopes = {"offline_access"};
         },
         {{"grant_types", {"authorization_code", "refresh_token"}},
          {"scope", "openid profile email offline_access"}}},
        {"one algorithm",
         [](auto& to, const auto&) { to.oidc.signing_algorithms = {"ES256"}; },
         {{"id_token_signed_response_alg", "ES256"}}},
        {"several algorithms",
         [](auto& to, const auto&) { to.oidc.signing_algorithms = {"ES256", "RS256"}; },
         {{"id_token_signed_response_alg", nullptr}}},
        {"pushed requests",
         [](auto& to, const auto&) { to.oidc.pushed_authorization = settings::when_needed::always; },
         {{"require_pushed_authorization_requests", true}}},
        {"a key",
         [](auto& to, const auto& in) { to.oidc.signing_key = in.file("key.pem"); },
         {{"token_endpoint_auth_method", "private_key_jwt"},
          {"token_endpoint_auth_signing_alg", "ES256"},
          {"jwks_uri", "https://app.example.com/oidc/jwks"}}},
        {"signed requests",
         [](auto& to, const auto& in)
         {
             to.oidc.signing_key = in.file("key.pem");
             to.oidc.request_object = settings::request_object::signed_by_us;
         },
         {{"request_object_signing_alg", "ES256"}, {"require_signed_request_object", true}}},
        {"a certificate",
         [](auto& to, const auto& in)
         {
             to.oidc.client_certificate = in.file("cert.pem");
             to.oidc.client_key = in.file("key.pem");
             to.oidc.client_authentication = settings::client_authentication::tls_client_auth;
         },
         {{"token_endpoint_auth_method", "tls_client_auth"},
          {"tls_client_auth_subject_dn", "CN=vector"},
          {"tls_client_certificate_bound_access_tokens", true}}},
        {"DPoP",
         [](auto& to, const auto& in) { to.oidc.dpop_key = in.file("key.pem"); },
         {{"dpop_bound_access_tokens", true}}},
        {"a landing of its own",
         [](auto& to, const auto&) { to.oidc.sign_out_landing = "/bye"; },
         {{"post_logout_redirect_uris", {"https://app.example.com/bye", "https://app.example.com/logout"}}}},
        {"ID tokens that are believed: no logout token could be",
         [](auto& to, const auto&) { to.oidc.id_token_signature = settings::id_token_signature::tls; },
         {{"backchannel_logout_uri", nullptr}}},
        {"a signed answer",
         [](auto& to, const auto&)
         {
             to.oidc.response_mode = settings::response_mode::jwt;
             to.oidc.signing_algorithms = {"PS256"};
         },
         {{"authorization_signed_response_alg", "PS256"}}},
    }));
    CAPTURE(what);
    workshop the;
    how(the.values, files);
    const auto made = the.describe();
    CAPTURE(made ? made->dump() : made.error().detail);
    REQUIRE(made);
    for (const auto& [name, value] : expected.items())
        CHECK(made->value(name, json()) == value);
}

TEST_CASE("what the provider says it has not is not asked for", "[app]")
{
    workshop the;
    the.values.session.refresh = true;
    the.metadata.grants = {"authorization_code"};
    the.metadata.back_channel_logout = oidc::support::no;
    the.metadata.front_channel_logout = oidc::support::no;
    the.metadata.token_endpoint_auth_methods = {"client_secret_post"};
    const auto made = the.describe();
    REQUIRE(made);
    CHECK(made->at("grant_types") == json{"authorization_code"});
    CHECK_FALSE(made->contains("backchannel_logout_uri"));
    CHECK_FALSE(made->contains("frontchannel_logout_uri"));
    CHECK(made->at("token_endpoint_auth_method") == "client_secret_post");
}

TEST_CASE("keys go along themselves where that is wished, or where nobody could fetch them", "[app]")
{
    const test::temporary_directory files;
    workshop the;
    the.values.oidc.signing_key = files.write("key.pem", test::openssl_ec_pkcs8);
    SECTION("wished") { the.wanted.keys = register_keys::inline_set; }
    SECTION("not fetched") { the.values.server.public_url = url::parse("http://localhost:8080").value(); }
    const auto made = the.describe();
    REQUIRE(made);
    CHECK_FALSE(made->contains("jwks_uri"));
    REQUIRE(made->at("jwks").at("keys").size() == 1);
    CHECK_FALSE(made->at("jwks").at("keys")[0].contains("d"));
}

TEST_CASE("what cannot be registered says so", "[app]")
{
    workshop the;
    SECTION("without an address of ours")
    {
        the.values.server.public_url.reset();
        const auto made = the.describe();
        REQUIRE_FALSE(made);
        CHECK(made.error().where == "server.public_url");
    }
    SECTION("keys of somebody else")
    {
        const test::temporary_directory files;
        the.values.oidc.assertion_file =
            files.write("assertion", "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDB9.c2ln");
        const auto made = the.describe();
        REQUIRE_FALSE(made);
        CHECK(made.error().detail.contains("by hand"));
    }
}

} // namespace sekisho::app
