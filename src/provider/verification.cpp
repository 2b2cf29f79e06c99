// SPDX-License-Identifier: Apache-2.0
#include "provider/verification.hpp"

#include "crypto/jwe.hpp"
#include "oidc/id_token.hpp"
#include "oidc/scope.hpp"
#include "provider/decryption.hpp"
#include "provider/id_token_check.hpp"
#include "provider/journal_checks.hpp"
#include "provider/person.hpp"
#include "provider/token_expectations.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

using metadata_ptr = std::shared_ptr<const oidc::metadata>;

// Whatever the callback says, a sign-in needs the parts of its provider's flow.
result<void> check_parts(oidc::flow how, const oidc::authorization_grant& grant)
{
    const auto lacks_code = oidc::has_code(how) && !grant.code;
    if (!lacks_code && !(oidc::has_id_token(how) && grant.id_token.empty()))
        return {};
    return fail(
        errc::oidc_received_no_code_or_token_failure,
        "authorization_response",
        std::string("expected ") + (lacks_code ? "a code" : "an ID token") + ", received none"
    );
}

oidc::id_token_expectations expectations_of(
    const configuration& what, const oidc::metadata& metadata, const sign_in_expectations& expected
)
{
    auto out = token_expectations(what, metadata);
    out.nonce = expected.nonce;
    out.max_age = expected.max_age;
    return out;
}

void note_metadata(journal* into, const result<metadata_ptr>& metadata)
{
    if (into == nullptr)
        return;
    into->begin(journal_step::metadata);
    if (!metadata)
        return into->failed(metadata.error());
    const auto& known = **metadata;
    const auto address = [&](std::string_view name, const std::optional<url>& at)
    {
        if (at)
            into->value(name, at->text());
    };
    into->value("issuer", known.issuer.view());
    into->value("authorization_endpoint", known.authorization_endpoint.text());
    address("token_endpoint", known.token_endpoint);
    address("userinfo_endpoint", known.userinfo_endpoint);
}

void note_access_token(journal* into, const secret& access_token)
{
    if (into == nullptr || access_token.empty())
        return;
    into->begin(journal_step::access_token);
    into->token("access_token", access_token.reveal());
}

// Core 3.2.2.9 and 3.3.2.11: what came through the browser has to be bound to the token that came with it.
oidc::id_token_expectations
bound_to(oidc::id_token_expectations expected, const oidc::authorization_grant& grant)
{
    using enum oidc::hash_claim;
    expected.code = grant.code;
    expected.c_hash = grant.code ? required : optional;
    expected.access_token = grant.access_token;
    expected.at_hash = grant.access_token.empty() ? optional : required;
    return expected;
}

// The signed ID token inside an encrypted one, or what came without encryption.
result<std::string> opened(const verification_parts& parts, journal_step step, std::string id_token)
{
    const auto is_encrypted = crypto::is_encrypted(id_token);
    auto inside = signed_id_token(std::move(id_token), parts.what, parts.decrypts, parts.with.now());
    if (parts.record != nullptr && (is_encrypted || !inside))
    {
        parts.record->begin(step);
        if (inside)
            parts.record->passed(encrypted_id_token.where);
        else
            parts.record->failed(inside.error());
    }
    return inside;
}

net::task<result<oidc::claims>> validate(
    verification_parts parts,
    journal_step step,
    received_id_token received,
    oidc::id_token_expectations expected
)
{
    auto claims = co_await check_id_token(parts, received, expected);
    if (parts.record != nullptr)
    {
        const auto signature = is_believed(parts.what, received.text, received.from)
                                   ? signature_check::left_out
                                   : signature_check::made;
        parts.record->begin(step);
        note_id_token(*parts.record, {received.text, signature}, expected, claims);
    }
    co_return claims;
}

// The tokens to go on with, and what they say. In a hybrid flow what came through the browser is checked and
// then not used: its tokens have been where others could see them.
struct validated
{
    oidc::token_response tokens;
    oidc::claims claims;
};

net::task<result<validated>> validate_implicit(
    verification_parts parts,
    metadata_ptr metadata,
    oidc::authorization_grant grant,
    sign_in_expectations expected
)
{
    auto wanted = bound_to(expectations_of(parts.what, *metadata, expected), grant);
    auto inside = opened(parts, journal_step::front_id_token, std::move(grant.id_token));
    if (!inside)
        co_return std::unexpected(inside.error());
    grant.id_token = std::move(*inside);
    received_id_token received{grant.id_token, id_token_origin::browser, metadata};
    auto claims =
        co_await validate(parts, journal_step::front_id_token, std::move(received), std::move(wanted));
    if (!claims)
        co_return std::unexpected(claims.error());
    validated made;
    made.tokens.id_token = std::move(grant.id_token);
    made.tokens.access_token = std::move(grant.access_token);
    made.tokens.scope = std::move(grant.scope);
    made.claims = std::move(*claims);
    co_return made;
}

net::task<result<oidc::token_response>> redeem(
    verification_parts parts,
    metadata_ptr metadata,
    const oidc::authorization_grant& grant,
    const sign_in_expectations& expected
)
{
    oidc::code_grant request{*grant.code, expected.redirect, expected.verifier};
    auto tokens = co_await parts.channel.redeem(std::move(metadata), std::move(request), parts.record);
    co_return tokens;
}

// Core 3.1.3 and 3.3.3. The first ID token before the code is shown to anybody (3.3.2.12).
net::task<result<validated>> validate_code(
    verification_parts parts,
    metadata_ptr metadata,
    oidc::authorization_grant grant,
    sign_in_expectations expected
)
{
    auto wanted = expectations_of(parts.what, *metadata, expected);
    std::optional<oidc::claims> first;
    if (oidc::has_id_token(parts.what.flow))
    {
        auto inside = opened(parts, journal_step::front_id_token, std::move(grant.id_token));
        if (!inside)
            co_return std::unexpected(inside.error());
        auto bound = bound_to(wanted, grant);
        received_id_token received{std::move(*inside), id_token_origin::browser, metadata};
        auto claims =
            co_await validate(parts, journal_step::front_id_token, std::move(received), std::move(bound));
        if (!claims)
            co_return std::unexpected(claims.error());
        first = std::move(*claims);
    }
    auto tokens = co_await redeem(parts, metadata, grant, expected);
    if (!tokens)
        co_return std::unexpected(tokens.error());
    auto inside = opened(parts, journal_step::id_token, std::move(tokens->id_token));
    if (!inside)
        co_return std::unexpected(inside.error());
    tokens->id_token = std::move(*inside);
    wanted.access_token = tokens->access_token;
    if (oidc::is_always_posted(parts.what.flow))
        wanted.code = grant.code; // hybrid: c_hash may be there once more (3.3.3.6)
    received_id_token received{tokens->id_token, id_token_origin::token_endpoint, metadata};
    auto claims = co_await validate(parts, journal_step::id_token, std::move(received), std::move(wanted));
    if (claims && first)
    {
        claims = oidc::of_one_person(*claims, *first);
        if (!claims && parts.record != nullptr)
            parts.record->failed(claims.error());
    }
    if (!claims)
        co_return std::unexpected(claims.error());
    co_return validated{std::move(*tokens), std::move(*claims)};
}

net::task<result<validated>> validate_grant(
    verification_parts parts,
    metadata_ptr metadata,
    oidc::authorization_grant grant,
    sign_in_expectations expected
)
{
    if (oidc::has_code(parts.what.flow))
    {
        auto valid =
            co_await validate_code(parts, std::move(metadata), std::move(grant), std::move(expected));
        co_return valid;
    }
    auto valid =
        co_await validate_implicit(parts, std::move(metadata), std::move(grant), std::move(expected));
    co_return valid;
}

// OAuth 2.0 without OpenID Connect: the access token is good for asking who the person is. An ID token that
// comes nevertheless was not validated, so it is dropped.
net::task<result<verified_sign_in>> verify_without_id_token(
    verification_parts parts,
    metadata_ptr metadata,
    oidc::authorization_grant grant,
    sign_in_expectations expected
)
{
    // Whoever can put an access token into a front channel would be whom it was issued to (RFC 6749, 10.16).
    if (oidc::has_id_token(parts.what.flow) || oidc::has_access_token(parts.what.flow))
        co_return fail(
            errc::oidc_received_no_code_or_token_failure,
            "authorization_response",
            "without an ID token only a code is good: set oidc.auth_method to pkce or code"
        );
    auto tokens = co_await redeem(parts, std::move(metadata), grant, expected);
    if (!tokens)
        co_return std::unexpected(tokens.error());
    if (tokens->access_token.empty())
        co_return fail(
            errc::oidc_code_exchange_token_missing,
            "token_response.access_token",
            "the answer has no access_token"
        );
    auto claims = co_await know_person(parts, tokens->access_token);
    if (!claims)
        co_return std::unexpected(claims.error());
    co_return verified_sign_in{
        std::move(*claims),
        {},
        std::move(tokens->access_token),
        std::move(tokens->refresh_token),
        tokens->expires_in,
        fail(errc::value_malformed, "access_token", "was not looked into"),
        oidc::scope_words(tokens->scope, oidc::scope_form::foreign)
    };
}

} // namespace

net::task<result<verified_sign_in>>
verify(verification_parts parts, oidc::authorization_grant grant, sign_in_expectations expected)
{
    const auto record = expected.record; // lives until the end of this
    parts.record = record.get();
    auto metadata = co_await parts.metadata.get();
    note_metadata(parts.record, metadata);
    if (!metadata)
        co_return std::unexpected(metadata.error());
    if (const auto whole = check_parts(parts.what.flow, grant); !whole)
        co_return std::unexpected(whole.error());

    if (parts.what.protocol == protocol::oauth2)
    {
        auto known =
            co_await verify_without_id_token(parts, *metadata, std::move(grant), std::move(expected));
        co_return known;
    }

    auto valid = co_await validate_grant(parts, *metadata, std::move(grant), std::move(expected));
    if (!valid)
        co_return std::unexpected(valid.error());

    note_access_token(parts.record, valid->tokens.access_token);
    // Only now: an access token that came with an invalid ID token is never shown to anybody.
    auto claims = co_await know_person(parts, std::move(valid->claims), valid->tokens.access_token);
    if (!claims)
        co_return std::unexpected(claims.error());
    auto inside = co_await access_token_claims(parts, valid->tokens.access_token);
    co_return verified_sign_in{
        std::move(*claims),
        std::move(valid->tokens.id_token),
        std::move(valid->tokens.access_token),
        std::move(valid->tokens.refresh_token),
        valid->tokens.expires_in,
        std::move(inside),
        oidc::scope_words(valid->tokens.scope, oidc::scope_form::standard)
    };
}

} // namespace sekisho::provider
