// SPDX-License-Identifier: Apache-2.0
#pragma once
// One provider of ours with an honest identity provider behind it that answers by address: a whole sign-in
// from the authorization response to the verified claims, and what was called on the way.

#include "base/log.hpp"
#include "base/metric.hpp"
#include "oidc/authorization_response.hpp"
#include "provider/provider.hpp"
#include "support/fake_provider.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho::test
{

class relying_party
{
public:
    static constexpr std::int64_t opening = 1'790'000'000;

    explicit relying_party(oidc::flow how = oidc::flow::pkce)
    {
        log::configure(log::level::off, log::format::text);
        what.name = "op";
        what.issuer = oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
        what.client = oidc::client_id("gate");
        what.client_secret = secret("s3cret");
        what.flow = how;
        what.userinfo = provider::userinfo_policy::always;
        peer.remember("n-1");
        if (how == oidc::flow::implicit)
            what.userinfo = provider::userinfo_policy::never; // there is no access token to ask with
    }

    // What the provider posts or redirects with, honest but for front_claims.
    oidc::parameters response() const
    {
        oidc::parameters made{{"state", "s-1"}, {"iss", "https://idp.example"}};
        const std::string code = oidc::has_code(what.flow) ? "c-1" : "";
        const std::string token = oidc::has_access_token(what.flow) ? "at-0" : "";
        if (!code.empty())
            made.push_back({"code", code});
        if (oidc::has_id_token(what.flow))
            made.push_back({"id_token", peer.front_id_token(code, token)});
        if (!token.empty())
            made.push_back({"access_token", token});
        return made;
    }

    result<provider::verified_sign_in> sign_in() { return sign_in(response()); }
    result<provider::verified_sign_in> sign_in(const oidc::parameters& received)
    {
        const auto metadata = run(io_, live().metadata());
        if (!metadata)
            return std::unexpected(metadata.error());
        const auto parsed = oidc::authorization_response::parse(received);
        if (!parsed)
            return std::unexpected(parsed.error());
        auto grant = parsed->check({what.flow, (*metadata)->issuer, (*metadata)->response_iss, what.tenants});
        if (!grant)
            return std::unexpected(grant.error());
        provider::sign_in_expectations sent;
        sent.nonce = oidc::nonce("n-1");
        sent.redirect = oidc::redirect_uri("https://gate.example/oidc/callback");
        if (oidc::uses_pkce(what.flow))
            sent.verifier = oidc::code_verifier("v-1");
        sent.max_age = max_age;
        return run(io_, made_->verify(std::move(*grant), std::move(sent)));
    }

    // The provider itself, made at its first use.
    provider::provider& live()
    {
        if (!made_)
            made_ = std::make_unique<provider::provider>(what, services(), std::move(completes));
        return *made_;
    }
    net::asio::io_context& context() { return io_; }

    // "token,userinfo": how often each was asked.
    std::string calls() const
    {
        return std::to_string(peer.asked("/token")) + "," + std::to_string(peer.asked("/userinfo"));
    }
    std::string field(std::string_view path, std::string_view name) const
    {
        std::string found;
        for (const auto& each : peer.requests())
            if (each.target.path() == path)
                for (const auto& [known, value] : each.fields)
                    if (known == name)
                        found = value;
        return found;
    }

private:
    provider::services services()
    {
        return {
            peer,
            random_,
            metrics_,
            io_.get_executor(),
            [this] { return now; },
            [this] { return steady; },
        };
    }

    // First, so that it goes last: coroutines left in it may hold what follows only by reference.
    net::asio::io_context io_{1};
    fixed_random random_;
    metric::registry metrics_;

public:
    fake_provider peer{opening};
    provider::configuration what;                    // until its first use
    std::unique_ptr<provider::completion> completes; // likewise; null: none
    std::optional<std::chrono::seconds> max_age;
    time_point now{std::chrono::seconds(opening)};
    provider::steady_time steady{std::chrono::hours(1000)};

private:
    std::unique_ptr<provider::provider> made_;
};

// The same answer whoever asks.
inline fake_provider::reply replies(net::incoming_response what)
{
    return [what](const net::outgoing_request&) -> result<net::incoming_response> { return what; };
}

} // namespace sekisho::test
