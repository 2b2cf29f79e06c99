// SPDX-License-Identifier: Apache-2.0
#include "app/composition/provider_reach.hpp"
#include "crypto/decryption_key.hpp"
#include "crypto/signing_key.hpp"
#include "support/catch.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <map>

using namespace sekisho;

namespace
{

url at(const std::string& text) { return url::parse(text).value(); }

std::string chosen(const http::outbound_proxies& all, const std::string& target)
{
    const auto* const proxy = http::proxy_for(all, at(target));
    return proxy == nullptr ? "direct" : proxy->address.authority();
}

// Files by name; others are not there.
app::file_reader reader_of(std::map<std::string, std::string> files)
{
    return [files = std::move(files)](const std::string& name) -> result<std::string>
    {
        const auto found = files.find(name);
        if (found == files.end())
            return fail(errc::value_malformed, "file", "No such file or directory");
        return found->second;
    };
}

provider::configuration configured()
{
    provider::configuration made;
    made.issuer = oidc::parse_issuer("https://op.example", oidc::transport::https_or_loopback).value();
    return made;
}

} // namespace

TEST_CASE("a provider's own proxy wins over the environment's, which has two spellings", "[app]")
{
    const auto [setting, variables, expected] =
        GENERATE(table<std::string, settings::environment, std::string>({
            {"", {}, "direct"},
            {"", {{"HTTPS_PROXY", "upper:1"}}, "upper:1"},
            {"", {{"https_proxy", "lower:1"}}, "lower:1"},
            {"", {{"HTTPS_PROXY", "upper:1"}, {"https_proxy", "lower:1"}}, "lower:1"},
            {"", {{"HTTPS_PROXY", "upper:1"}, {"https_proxy", ""}}, "direct"}, // set to nothing
            {"", {{"HTTP_PROXY", "plain:1"}}, "direct"},
            {"", {{"HTTPS_PROXY", "upper:1"}, {"NO_PROXY", "example"}}, "direct"},
            {"", {{"HTTPS_PROXY", "upper:1"}, {"no_proxy", "op.example"}}, "direct"},
            {"own:3128", {{"HTTPS_PROXY", "upper:1"}}, "own:3128"},
            {"own:3128", {{"NO_PROXY", "*"}}, "own:3128"},
            {"off", {{"HTTPS_PROXY", "upper:1"}}, "direct"},
        }));
    CAPTURE(setting, expected);
    settings::oidc_settings from;
    from.proxy = secret(setting);
    const auto got = app::proxies_of(from, variables);
    REQUIRE(got);
    CHECK(chosen(*got, "https://op.example") == expected);
}

TEST_CASE("a provider's client is made from its own settings", "[app]")
{
    settings::oidc_settings from;
    from.ca_file = "ca.pem";
    from.client_certificate = "our.crt";
    from.client_key = "our.key";
    from.request_timeout = 3s;
    from.allow_http = true;
    const auto got = app::client_options_of(from, {});
    REQUIRE(got);
    CHECK(got->ca_file == "ca.pem");
    CHECK(got->certificate.certificate == "our.crt");
    CHECK(got->certificate.key == "our.key");
    CHECK(got->timeout == 3s);
    CHECK(got->allow_http == net::plain_http::everywhere);
    from.proxy = secret("socks5://me:s3cret@proxy");
    const auto refused = app::client_options_of(from, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "proxy");
    CHECK(refused.error().detail.find("s3cret") == std::string::npos);
}

TEST_CASE("addresses, back channel and time-outs reach the provider", "[app]")
{
    settings::oidc_settings from;
    from.token_endpoint = at("https://a.example/token");
    from.revocation_endpoint = at("https://a.example/revoke");
    from.pushed_authorization_request_endpoint = at("https://a.example/par");
    from.back_channel_url = at("http://inside:8080");
    from.metadata_timeout = 1s;
    from.token_timeout = 2s;
    from.userinfo_timeout = 3s;
    const auto got = app::reach_of(from, configured(), reader_of({}));
    REQUIRE(got);
    CHECK(got->endpoints.token_endpoint->text() == "https://a.example/token");
    CHECK(got->endpoints.revocation_endpoint->text() == "https://a.example/revoke");
    CHECK(got->endpoints.pushed_authorization_request_endpoint->text() == "https://a.example/par");
    CHECK_FALSE(got->endpoints.authorization_endpoint);
    CHECK(got->back_channel->text() == "http://inside:8080");
    CHECK(got->timeouts.metadata == 1s);
    CHECK(got->timeouts.token == 2s);
    CHECK(got->timeouts.userinfo == 3s);
    CHECK_FALSE(got->metadata);
    CHECK_FALSE(got->keys);
}

TEST_CASE("without discovery the settings have to say where everything is", "[app]")
{
    settings::oidc_settings from;
    from.discovery = false;
    from.authorization_endpoint = at("https://a.example/authorize");
    from.token_endpoint = at("https://a.example/token");
    const auto files = reader_of({{"keys", test::signing_key::make("ES256").public_pem()}});
    auto got = app::reach_of(from, configured(), files);
    REQUIRE_FALSE(got);
    CHECK(got.error().where == "jwks_uri");

    from.jwks_file = "keys";
    got = app::reach_of(from, configured(), files);
    REQUIRE(got);
    REQUIRE(got->metadata);
    CHECK(got->metadata->token_endpoint->text() == "https://a.example/token");
    REQUIRE(got->keys);
    CHECK(got->keys->keys().size() == 1);

    from.jwks_file.clear();
    auto without_id_token = configured();
    without_id_token.protocol = provider::protocol::oauth2;
    CHECK(app::reach_of(from, without_id_token, files));
}

TEST_CASE("a file of keys that cannot be used is named", "[app]")
{
    const auto [file, hint] = GENERATE(table<std::string, std::string>({
        {"absent", "absent: No such file or directory"},
        {"nonsense", "nonsense: is neither a JWK set nor public keys"},
    }));
    settings::oidc_settings from;
    from.jwks_file = file;
    const auto got = app::reach_of(from, configured(), reader_of({{"nonsense", "x"}}));
    REQUIRE_FALSE(got);
    CHECK(got.error().where == "jwks_file");
    CAPTURE(got.error().detail);
    CHECK(got.error().detail.find(hint) != std::string::npos);
}

TEST_CASE("a file of keys must have one for encryption where requests are to be encrypted", "[app]")
{
    settings::oidc_settings from;
    from.jwks_file = "keys";
    from.request_object = settings::request_object::encrypted;
    const auto signs = crypto::signing_key::generate(crypto::algorithm::es256).value().public_jwk();
    const auto recipient =
        crypto::decryption_key::generate(crypto::key_management::ecdh_es).value().public_jwk();
    const auto without = to_text(json{{"keys", {signs}}});
    const auto with = to_text(json{{"keys", {signs, recipient}}});
    const auto got = app::reach_of(from, configured(), reader_of({{"keys", without}}));
    REQUIRE_FALSE(got);
    CHECK(got.error().where == "jwks_file");
    CHECK(got.error().detail.find("keys: has no key for encryption") != std::string::npos);
    CHECK(app::reach_of(from, configured(), reader_of({{"keys", with}})));
    from.request_object = settings::request_object::signed_by_us;
    CHECK(app::reach_of(from, configured(), reader_of({{"keys", without}})));
}

TEST_CASE("what stands in a provider's files makes it another provider, not what they are called", "[app]")
{
    settings::oidc_settings from;
    from.ca_file = "ca";
    from.jwks_file = "keys";
    from.signed_jwks_keys = "signers";
    const auto signers = [&](const std::string& text)
    { return app::digest_of_files(from, reader_of({{"signers", text}})); };
    CHECK(signers("1") != signers("2"));
    const auto before = app::digest_of_files(from, reader_of({{"ca", "1"}, {"keys", "2"}}));
    CHECK(before == app::digest_of_files(from, reader_of({{"ca", "1"}, {"keys", "2"}})));
    CHECK(before != app::digest_of_files(from, reader_of({{"ca", "9"}, {"keys", "2"}})));
    CHECK(before != app::digest_of_files(from, reader_of({{"ca", "1"}, {"keys", "9"}})));
    CHECK(before != app::digest_of_files(from, reader_of({{"ca", "2"}, {"keys", "1"}})));
    CHECK(before != app::digest_of_files(from, reader_of({{"ca", "1"}})));
    CHECK(before != app::digest_of_files({}, reader_of({})));
    for (auto* const file : {&from.service_account, &from.logo})
    {
        *file = "read at the start";
        const auto one = app::digest_of_files(from, reader_of({{*file, "1"}}));
        CHECK(one != app::digest_of_files(from, reader_of({{*file, "2"}})));
        file->clear();
    }
}

TEST_CASE("who signs the provider's keys is read once, and must be usable", "[app]")
{
    const auto files = reader_of(
        {{"signers", test::signing_key::make("ES256").public_pem()}, {"secret", R"({"kty":"oct","k":"AAAA"})"}
        }
    );
    settings::oidc_settings from;
    from.signed_jwks_keys = "signers";
    from.signed_jwks_uri = at("https://op.example/keys.jwt");
    from.metadata_url = at("https://op.example/metadata.json");
    const auto got = app::reach_of(from, configured(), files);
    REQUIRE(got);
    REQUIRE(got->key_signers);
    CHECK(got->key_signers->keys().size() == 1);
    CHECK(got->endpoints.signed_jwks_uri->text() == "https://op.example/keys.jwt");
    CHECK(got->metadata_url->text() == "https://op.example/metadata.json");
    CHECK_FALSE(got->keys);

    from.signed_jwks_keys = GENERATE("absent", "secret");
    const auto refused = app::reach_of(from, configured(), files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "signed_jwks_keys");
    CHECK(refused.error().detail.starts_with(from.signed_jwks_keys + ": "));
}

TEST_CASE("without discovery a signed set of keys needs no jwks_uri, but its own address", "[app]")
{
    const auto files = reader_of({{"signers", test::signing_key::make("ES256").public_pem()}});
    settings::oidc_settings from;
    from.discovery = false;
    from.authorization_endpoint = at("https://a.example/authorize");
    from.token_endpoint = at("https://a.example/token");
    from.signed_jwks_keys = "signers";
    const auto refused = app::reach_of(from, configured(), files);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "signed_jwks_uri");
    from.signed_jwks_uri = at("https://a.example/keys.jwt");
    const auto got = app::reach_of(from, configured(), files);
    REQUIRE(got);
    CHECK(got->metadata->signed_jwks_uri->text() == "https://a.example/keys.jwt");
}

TEST_CASE("a profile offers the provider only the recommended cipher suites", "[app]")
{
    settings::oidc_settings from;
    CHECK(app::client_options_of(from, {})->ciphers == net::tls_ciphers::usual);
    from.profile = GENERATE(settings::profile::fapi2_security, settings::profile::fapi2_message_signing);
    CHECK(app::client_options_of(from, {})->ciphers == net::tls_ciphers::recommended);
}
