// SPDX-License-Identifier: Apache-2.0
#pragma once
// One provider with a scripted network, two clocks that stand still and a key that signs.

#include "base/log.hpp"
#include "base/metric.hpp"
#include "provider/provider.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"
#include "support/scripted_http_client.hpp"
#include "support/test_keys.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::test
{

inline const std::string discovery_document = R"({"issuer":"https://op.example",
    "authorization_endpoint":"https://op.example/authorize","token_endpoint":"https://op.example/token",
    "jwks_uri":"https://op.example/jwks","userinfo_endpoint":"https://op.example/userinfo"})";

inline constexpr std::int64_t noon = 1'790'000'000;

struct provider_fixture
{
    provider_fixture()
    {
        log::configure(log::level::off, log::format::text);
        what.name = "op";
        what.issuer = oidc::parse_issuer("https://op.example", oidc::transport::https_or_loopback).value();
        what.client = oidc::client_id("gate");
        what.client_secret = secret("s3cret");
    }

    provider::services services()
    {
        return {
            http,
            random,
            metrics,
            context.get_executor(),
            [this] { return now; },
            [this] { return steady; },
        };
    }
    provider::provider& make()
    {
        made = std::make_unique<provider::provider>(what, services());
        return *made;
    }

    std::string claims(std::string_view more = {}) const
    {
        return R"({"iss":"https://op.example","aud":"gate","sub":"alice","nonce":"n-1","iat":)" +
               std::to_string(noon) + R"(,"exp":)" + std::to_string(noon + 300) + std::string(more) + "}";
    }
    std::string id_token(std::string_view more = {}) const { return key.sign_with_kid("k1", claims(more)); }
    std::string token_body(const std::string& token) const
    {
        return R"({"access_token":"at-1","token_type":"Bearer","expires_in":60,"id_token":")" + token + "\"}";
    }
    std::string jwks() const { return key.jwks({.kid = "k1", .use = "sig", .alg = {}}); }

    // What a sign-in by code asks, in this order.
    void script_sign_in(std::string_view more = {})
    {
        http.answer_json(discovery_document);
        http.answer_json(token_body(id_token(more)));
        http.answer_json(jwks());
    }
    static oidc::authorization_grant code()
    {
        oidc::authorization_grant grant;
        grant.code = oidc::code("c-1");
        return grant;
    }
    static provider::sign_in_expectations expectations()
    {
        return {
            oidc::nonce("n-1"),
            oidc::redirect_uri("https://gate.example/oidc/callback"),
            oidc::code_verifier("v-1"),
            std::nullopt
        };
    }
    result<provider::verified_sign_in> sign_in(provider::provider& with)
    {
        return run(context, with.verify(code(), expectations()));
    }
    std::vector<std::string> asked_paths() const
    {
        std::vector<std::string> paths;
        for (const auto& each : http.requests())
            paths.push_back(each.target.path());
        return paths;
    }
    std::size_t asked(std::string_view path) const
    {
        const auto paths = asked_paths();
        return static_cast<std::size_t>(std::ranges::count(paths, path));
    }

    // First, so that it goes last: coroutines left in it may hold what follows only by reference.
    net::asio::io_context context{1};
    scripted_http_client http;
    fixed_random random;
    metric::registry metrics;
    time_point now{std::chrono::seconds(noon)};
    provider::steady_time steady{std::chrono::hours(1000)};
    signing_key key = signing_key::make("ES256");
    provider::configuration what;
    std::unique_ptr<provider::provider> made;
};

} // namespace sekisho::test
