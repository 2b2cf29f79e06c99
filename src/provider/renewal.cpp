// SPDX-License-Identifier: Apache-2.0
#include "provider/renewal.hpp"

#include "oidc/id_token.hpp"
#include "oidc/scope.hpp"
#include "oidc/userinfo.hpp"
#include "provider/decryption.hpp"
#include "provider/id_token_check.hpp"
#include "provider/person.hpp"
#include "provider/token_expectations.hpp"

#include <memory>
#include <utility>

namespace sekisho::provider
{
namespace
{

using metadata_ptr = std::shared_ptr<const oidc::metadata>;
using person_now = result<std::optional<oidc::claims>>;

net::task<result<oidc::claims>> validate(
    verification_parts parts,
    metadata_ptr metadata,
    const oidc::token_response& tokens,
    oidc::renewed_person who
)
{
    auto wanted = token_expectations(parts.what, *metadata);
    wanted.access_token = tokens.access_token;
    received_id_token received{tokens.id_token, id_token_origin::token_endpoint, metadata};
    auto claims = co_await check_id_token(parts, std::move(received), std::move(wanted));
    if (claims)
        if (const auto same = oidc::check_renewed(*claims, who); !same)
            claims = std::unexpected(same.error());
    co_return claims;
}

net::task<person_now> with_id_token(verification_parts parts, oidc::claims valid, secret access_token)
{
    auto known = co_await know_person(parts, std::move(valid), std::move(access_token));
    if (!known)
        co_return std::unexpected(known.error());
    co_return std::optional(std::move(*known));
}

// What is good of the tokens before the person is known.
renewed_sign_in taken_over(oidc::token_response tokens)
{
    return {
        .person = std::nullopt,
        .id_token = std::move(tokens.id_token),
        .access_token = std::move(tokens.access_token),
        .expires_in = tokens.expires_in,
        .refresh_token = std::move(tokens.refresh_token),
        .scope = std::move(tokens.scope),
    };
}

renewed_sign_in only_refresh_token(oidc::token_response tokens, error why)
{
    tokens.id_token.clear();
    tokens.access_token = {};
    tokens.expires_in.reset();
    tokens.scope.clear();
    auto made = taken_over(std::move(tokens));
    made.person = std::unexpected(std::move(why));
    return made;
}

} // namespace

net::task<result<renewed_sign_in>>
renew(verification_parts parts, secret refresh_token, renewal_expectations expected)
{
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    oidc::refresh_grant grant{std::move(refresh_token), std::move(expected.redirect)};
    auto tokens = co_await parts.channel.refresh(*metadata, std::move(grant));
    if (!tokens)
        co_return std::unexpected(tokens.error());
    const auto is_oauth = parts.what.protocol == protocol::oauth2;
    if (is_oauth)
        tokens->id_token.clear(); // it would not be validated
    const auto form = is_oauth ? oidc::scope_form::foreign : oidc::scope_form::standard;
    tokens->scope = oidc::scope_words(tokens->scope, form);

    std::optional<oidc::claims> valid;
    if (!tokens->id_token.empty())
    {
        auto opened =
            signed_id_token(std::move(tokens->id_token), parts.what, parts.decrypts, parts.with.now());
        if (!opened)
            co_return only_refresh_token(std::move(*tokens), std::move(opened.error()));
        tokens->id_token = std::move(*opened);
        auto checked = co_await validate(parts, *metadata, *tokens, expected.who);
        if (!checked)
            co_return only_refresh_token(std::move(*tokens), std::move(checked.error()));
        valid = std::move(*checked);
    }
    auto made = taken_over(std::move(*tokens));
    if (valid)
        made.person = co_await with_id_token(parts, std::move(*valid), made.access_token);
    else
        made.person = co_await know_person_again(parts, std::move(expected.who), made.access_token);
    made.access_token_claims = co_await access_token_claims(parts, made.access_token);
    co_return made;
}

net::task<result<renewed_sign_in>>
recheck(verification_parts parts, secret access_token, renewal_expectations expected)
{
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    const auto can_ask = parts.what.userinfo != userinfo_policy::never && (*metadata)->userinfo_endpoint;
    if (access_token.empty() || (!can_ask && parts.completes == nullptr))
        co_return fail(
            errc::oidc_userinfo_failure,
            "userinfo",
            "there is nobody to ask: oidc.userinfo is never, or the provider has no userinfo_endpoint"
        );
    auto known = co_await know_person_again(parts, std::move(expected.who), access_token);
    if (!known)
    {
        if (known.error().where == oidc::refused_token)
            known.error().code = errc::oidc_refresh_refused;
        co_return std::unexpected(known.error());
    }
    auto made = taken_over({});
    made.person = std::move(known);
    made.access_token_claims = co_await access_token_claims(parts, access_token);
    co_return made;
}

} // namespace sekisho::provider
