// SPDX-License-Identifier: Apache-2.0
#include "provider/logout_check.hpp"

#include "base/encoding.hpp"
#include "crypto/jwe.hpp"
#include "crypto/jws.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "provider/decryption.hpp"
#include "provider/key_check.hpp"
#include "provider/token_expectations.hpp"

#include <optional>
#include <utility>

namespace sekisho::provider
{
namespace
{

constexpr std::string_view iss_place = "logout_token.iss";

bool has_issuer(const provider& one, std::string_view issuer)
{
    const auto& what = one.settings();
    if (what.protocol != protocol::openid_connect)
        return false;
    if (const auto metadata = one.known_metadata())
        return oidc::names_issuer(metadata->issuer, what.tenants, issuer);
    return what.issuer.rule == oidc::issuer_rule::exact && oidc::is_named(what.issuer, issuer);
}

// What the token says of itself, before anything is verified: only good for choosing whom to ask.
result<std::string> claimed_issuer(std::string_view token)
{
    const auto jws = crypto::take_apart(token);
    if (!jws)
        return oidc::translated(jws.error(), errc::oidc_generic_token_failure, "logout_token");
    const auto claims = oidc::claims::parse(as_text(jws->payload), "logout_token");
    if (!claims)
        return oidc::translated(claims.error(), errc::oidc_generic_token_failure, "logout_token");
    return claims->text("iss").value_or("");
}

// Encrypted as ID tokens are (Back-Channel Logout 1.0, 2.4), with a key of whichever provider.
result<std::string> opened(const registry& all, std::string token)
{
    if (!crypto::is_encrypted(token))
        return token;
    return without_encryption(std::move(token), decryption_keys_of(all), encrypted_logout_token);
}

} // namespace

net::task<result<oidc::logout_token>> check_logout_token(verification_parts parts, std::string token)
{
    const auto header = oidc::inspect_logout_token(token);
    if (!header)
        co_return std::unexpected(header.error());
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    const auto expected = token_expectations(parts.what, **metadata);
    std::optional<oidc::logout_token> good;
    key_attempt attempt = [&](std::span<const crypto::verification_key> keys) -> result<oidc::claims>
    {
        auto valid = oidc::validate_logout_token(token, expected, keys, parts.with.now());
        if (!valid)
            return std::unexpected(valid.error());
        good = *std::move(valid);
        return oidc::claims(); // nothing else of it is of use
    };
    auto outcome =
        co_await with_provider_keys(parts, *header, oidc::bad_logout_signature, std::move(attempt));
    if (!outcome)
        co_return std::unexpected(outcome.error());
    co_return *std::move(good);
}

std::vector<provider*> with_issuer(const registry& all, std::string_view issuer)
{
    std::vector<provider*> found;
    for (const auto& each : all.all())
        if (has_issuer(*each, issuer))
            found.push_back(each.get());
    return found;
}

net::task<result<logout_notice>> check_logout_token(const registry& all, std::string token)
{
    auto inside = opened(all, std::move(token));
    if (!inside)
        co_return std::unexpected(inside.error());
    token = std::move(*inside);
    const auto issuer = claimed_issuer(token);
    if (!issuer)
        co_return std::unexpected(issuer.error());
    error last{
        errc::oidc_issuer_mismatch, iss_place, "no provider has the issuer " + oidc::in_quotes(*issuer)
    };
    for (auto* const each : with_issuer(all, *issuer))
    {
        auto checked = co_await each->check_logout_token(token);
        if (checked)
            co_return logout_notice{each, *std::move(checked)};
        last = std::move(checked.error());
    }
    co_return std::unexpected(std::move(last));
}

} // namespace sekisho::provider
