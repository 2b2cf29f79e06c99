// SPDX-License-Identifier: Apache-2.0
#include "provider/verification.hpp"

#include "oidc/access_token.hpp"
#include "oidc/id_token.hpp"
#include "oidc/issuer.hpp"
#include "oidc/userinfo.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::provider
{
namespace
{

using metadata_ptr = std::shared_ptr<const oidc::metadata>;

net::task<result<oidc::token_response>> obtain_tokens(
    verification_parts parts,
    metadata_ptr metadata,
    oidc::authorization_grant grant,
    sign_in_expectations expected
)
{
    const bool is_implicit = parts.what.flow == oidc::flow::implicit;
    if (!is_implicit && grant.code)
    {
        auto tokens = co_await parts.channel.redeem(
            std::move(metadata),
            oidc::code_grant{
                std::move(*grant.code), std::move(expected.redirect), std::move(expected.verifier)
            }
        );
        co_return tokens;
    }
    if (!is_implicit || grant.id_token.empty())
        co_return fail(errc::oidc_received_no_code_or_token_failure, "authorization_response");
    oidc::token_response tokens;
    tokens.id_token = std::move(grant.id_token);
    tokens.access_token = std::move(grant.access_token);
    co_return tokens;
}

oidc::id_token_expectations expectations_of(
    const configuration& what,
    const oidc::metadata& metadata,
    const oidc::token_response& tokens,
    const sign_in_expectations& expected
)
{
    oidc::id_token_expectations out;
    out.issuer = metadata.issuer;
    out.client = what.client;
    out.trusted_audiences = what.trusted_audiences;
    out.algorithms = what.algorithms;
    out.nonce = expected.nonce;
    out.max_age = expected.max_age;
    out.skew = what.clock_skew;
    out.access_token = tokens.access_token;
    // Core 3.2.2.9: what came through the browser has to be bound to the token.
    if (what.flow == oidc::flow::implicit && !tokens.access_token.empty())
        out.at_hash = oidc::hash_claim::required;
    return out;
}

bool is_key_problem(const error& failure) { return failure.where == oidc::bad_signature; }

// A token under an algorithm that is not allowed, or keyed by our own secret, is no reason to ask the
// provider.
bool may_have_new_key(const configuration& what, const oidc::id_token_header& header)
{
    return !crypto::is_symmetric(header.alg) &&
           std::ranges::find(what.algorithms, header.alg) != what.algorithms.end();
}

net::task<result<oidc::claims>>
validate(verification_parts parts, std::string id_token, oidc::id_token_expectations expected)
{
    const auto header = oidc::inspect(id_token);
    if (!header)
        co_return std::unexpected(header.error());
    const auto attempt = [&](const oidc::key_set& keys)
    {
        const auto chosen = oidc::choose_keys(*header, keys, parts.what.client_secret);
        return oidc::validate_id_token(id_token, expected, chosen, parts.with.now());
    };
    if (!may_have_new_key(parts.what, *header))
        co_return attempt({});
    auto keys = co_await parts.keys.get();
    if (!keys)
        co_return std::unexpected(keys.error());
    auto claims = attempt(**keys);
    if (claims || !is_key_problem(claims.error()))
        co_return claims;
    auto newer = co_await parts.keys.newer_than(*keys);
    if (!newer)
        co_return std::unexpected(newer.error());
    if (*newer == *keys)
        co_return claims;
    co_return attempt(**newer);
}

bool asks_userinfo(
    const configuration& what,
    const oidc::metadata& metadata,
    const secret& access_token,
    const oidc::claims& id_token
)
{
    if (what.userinfo == userinfo_policy::always)
        return true;
    return what.userinfo == userinfo_policy::when_needed && metadata.userinfo_endpoint &&
           !access_token.empty() && lacks_wanted_claims(what, id_token);
}

// Providers whose UserInfo takes no token of ours exist (ADFS): say how to do without.
error with_advice(error failure, const configuration& what)
{
    if (what.userinfo == userinfo_policy::when_needed)
        failure.detail +=
            "; it was asked because the ID token lacks a wanted claim: give the ID token that claim "
            "at the provider, or set oidc.userinfo to never";
    return failure;
}

// Who has an identity before the completion has the same one after it; without an ID token the completion
// gives it, under the configured issuer.
result<void> check_completed(const configuration& what, const oidc::claims& known, const oidc::claims& found)
{
    constexpr std::string_view where = "completion";
    const auto issuer = found.text("iss").value_or("");
    if (found.subject().empty())
        return fail(errc::oidc_identity_unusable, where, "what the provider says about the person has no id");
    if (what.protocol == protocol::oauth2)
        return oidc::is_named(what.issuer, issuer)
                   ? result<void>()
                   : fail(errc::oidc_issuer_mismatch, where, "the person belongs to another issuer");
    if (issuer != known.text("iss").value_or("") || found.subject() != known.subject())
        return fail(errc::oidc_identity_unusable, where, "the completed claims are somebody else's");
    return {};
}

net::task<result<oidc::claims>> completed(verification_parts parts, oidc::claims known, secret access_token)
{
    auto found = co_await parts.completes->complete(known, std::move(access_token));
    if (!found)
        co_return found;
    if (const auto good = check_completed(parts.what, known, *found); !good)
        co_return std::unexpected(good.error());
    co_return found;
}

// OAuth 2.0 without OpenID Connect: the access token is good for asking who the person is. An ID token that
// comes nevertheless was not validated, so it is dropped.
net::task<result<verified_sign_in>>
verify_without_id_token(verification_parts parts, oidc::token_response tokens)
{
    // Whoever can put an access token into a front channel would be whom it was issued to (RFC 6749, 10.16).
    if (parts.what.flow != oidc::flow::pkce && parts.what.flow != oidc::flow::code)
        co_return fail(
            errc::oidc_received_no_code_or_token_failure,
            "authorization_response",
            "without an ID token only a code is good: set oidc.auth_method to pkce or code"
        );
    if (parts.completes == nullptr)
        co_return fail(
            errc::internal_error, "completion", "an OAuth 2.0 provider has no way to ask who it is"
        );
    if (tokens.access_token.empty())
        co_return fail(
            errc::oidc_code_exchange_token_missing,
            "token_response.access_token",
            "the answer has no access_token"
        );
    auto claims = co_await completed(parts, oidc::claims(), tokens.access_token);
    if (!claims)
        co_return std::unexpected(claims.error());
    co_return verified_sign_in{
        std::move(*claims),
        {},
        std::move(tokens.access_token),
        std::move(tokens.refresh_token),
        tokens.expires_in,
        fail(errc::value_malformed, "access_token", "was not looked into")
    };
}

// The key set is the one that has just validated the ID token, or is fetched now. What cannot be read ends
// the sign-in only when the mapping comes to need it.
net::task<result<oidc::claims>> access_token_claims(verification_parts parts, const secret& access_token)
{
    if (!parts.what.reads_access_token)
        co_return fail(errc::value_malformed, "access_token", "was not looked into");
    auto keys = co_await parts.keys.get();
    if (!keys)
        co_return std::unexpected(keys.error());
    co_return oidc::read_access_token(access_token, parts.what.algorithms, **keys);
}

} // namespace

bool lacks_wanted_claims(const configuration& what, const oidc::claims& id_token)
{
    return std::ranges::any_of(
        what.wanted_claims,
        [&](const std::vector<std::string>& chain)
        {
            return !chain.empty() &&
                   std::ranges::none_of(
                       chain, [&](const std::string& path) { return id_token.find(path) != nullptr; }
                   );
        }
    );
}

net::task<result<verified_sign_in>>
verify(verification_parts parts, oidc::authorization_grant grant, sign_in_expectations expected)
{
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());

    auto tokens = co_await obtain_tokens(parts, *metadata, std::move(grant), expected);
    if (!tokens)
        co_return std::unexpected(tokens.error());

    if (parts.what.protocol == protocol::oauth2)
    {
        auto known = co_await verify_without_id_token(parts, std::move(*tokens));
        co_return known;
    }

    auto claims = co_await validate(
        parts, tokens->id_token, expectations_of(parts.what, **metadata, *tokens, expected)
    );
    if (!claims)
        co_return std::unexpected(claims.error());

    // Only now: an access token that came with an invalid ID token is never shown to anybody.
    if (asks_userinfo(parts.what, **metadata, tokens->access_token, *claims))
    {
        auto more = co_await parts.channel.userinfo(*metadata, tokens->access_token, claims->subject());
        if (!more)
            co_return std::unexpected(with_advice(more.error(), parts.what));
        *claims = oidc::merge(*claims, *more);
    }
    if (parts.completes != nullptr)
    {
        claims = co_await completed(parts, std::move(*claims), tokens->access_token);
        if (!claims)
            co_return std::unexpected(claims.error());
    }
    auto inside = co_await access_token_claims(parts, tokens->access_token);
    co_return verified_sign_in{
        std::move(*claims),
        std::move(tokens->id_token),
        std::move(tokens->access_token),
        std::move(tokens->refresh_token),
        tokens->expires_in,
        std::move(inside)
    };
}

} // namespace sekisho::provider
