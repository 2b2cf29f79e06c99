// SPDX-License-Identifier: Apache-2.0
#include "provider/person.hpp"

#include "base/log.hpp"
#include "oidc/access_token.hpp"
#include "oidc/claim_sources.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/userinfo.hpp"
#include "provider/key_check.hpp"
#include "provider/userinfo.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace sekisho::provider
{
namespace
{

// Whether a chain of wanted claims has none that `counts`.
template <class Predicate>
bool has_open_chain(const configuration& what, const oidc::claims& known, Predicate counts)
{
    return std::ranges::any_of(
        what.wanted_claims,
        [&](const std::vector<std::string>& chain)
        {
            return !chain.empty() &&
                   std::ranges::none_of(
                       chain, [&](const std::string& path) { return counts(known.find(path)); }
                   );
        }
    );
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
           !access_token.empty() && has_open_chain(what, id_token, oidc::says_something);
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

void note_directory(journal* into, const result<oidc::claims>& found)
{
    if (into == nullptr)
        return;
    into->begin(journal_step::directory);
    if (found)
        into->document("claims", found->object());
    else
        into->failed(found.error());
}

void note(const configuration& what, const std::string& text)
{
    log::warning("provider.claim_source_left_out", {{"provider", what.name}, {"reason", text}});
}

// Aggregated (Core 5.6.2.1): only what the provider's own keys signed counts; of other claims providers we
// have no keys, and what nobody vouches for is left out.
net::task<result<oidc::claims>> aggregated(
    verification_parts parts, std::shared_ptr<const oidc::metadata> metadata, oidc::claim_source source
)
{
    const auto header = oidc::inspect_claim_source(source.jwt);
    if (!header)
        co_return std::unexpected(header.error());
    const oidc::aggregated_expectations expected{
        metadata->issuer, parts.what.tenants, parts.what.algorithms, parts.what.clock_skew
    };
    key_attempt attempt = [&](std::span<const crypto::verification_key> keys)
    { return oidc::validate_aggregated(source.jwt, expected, keys, parts.with.now()); };
    auto claims = co_await with_provider_keys(parts, *header, oidc::bad_source_signature, std::move(attempt));
    co_return claims;
}

// Distributed (Core 5.6.2.2), from a host that is allowed; the token goes along that was given for it.
net::task<result<oidc::claims>> distributed(verification_parts parts, oidc::claim_source source)
{
    auto answer = co_await parts.channel.claim_source(*source.endpoint, std::move(source.access_token));
    if (!answer)
        co_return std::unexpected(answer.error());
    auto claims = oidc::read_distributed(
        answer->status, field_of(*answer, "Content-Type"), trimmed(std::move(answer->body))
    );
    if (!claims)
        claims.error().detail = source.endpoint->origin() + ": " + claims.error().detail;
    co_return claims;
}

net::task<result<oidc::claims>>
deliver(verification_parts parts, std::shared_ptr<const oidc::metadata> metadata, oidc::claim_source source)
{
    if (source.endpoint)
    {
        auto delivered = co_await distributed(parts, std::move(source));
        co_return delivered;
    }
    auto delivered = co_await aggregated(parts, std::move(metadata), std::move(source));
    co_return delivered;
}

net::task<result<oidc::claims>>
with_sources(verification_parts parts, std::shared_ptr<const oidc::metadata> metadata, oidc::claims known)
{
    const auto sources = oidc::read_claim_sources(known, parts.what.transport);
    for (const auto& each : sources.notes)
        note(parts.what, each);
    for (const auto& source : sources.usable)
    {
        if (source.endpoint && !oidc::is_allowed_host(*source.endpoint, parts.what.claim_hosts))
        {
            // A directory is asked for what Entra's reference stands for.
            if (parts.completes == nullptr)
                note(parts.what, source.endpoint->host() + " is not among oidc.claim_hosts");
            continue;
        }
        auto delivered = co_await deliver(parts, metadata, source);
        if (!delivered && source.endpoint)
            co_return std::unexpected(delivered.error());
        if (delivered)
            known = oidc::with_source(known, source, *delivered);
        else
            note(parts.what, to_text(delivered.error()));
    }
    co_return known;
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
                   : fail(
                         errc::oidc_issuer_mismatch,
                         where,
                         oidc::explain_difference(what.issuer.identifier.view(), issuer)
                     );
    if (issuer != known.text("iss").value_or("") || found.subject() != known.subject())
        return fail(
            errc::oidc_identity_unusable,
            where,
            "the completed claims are of " + oidc::in_quotes(found.subject().view()) + " at " +
                oidc::in_quotes(issuer) + ", the ID token is of " + oidc::in_quotes(known.subject().view()) +
                " at " + oidc::in_quotes(known.text("iss").value_or(""))
        );
    return {};
}

net::task<result<oidc::claims>> completed(verification_parts parts, oidc::claims known, secret access_token)
{
    auto found = co_await parts.completes->complete(known, std::move(access_token));
    if (found)
        if (const auto good = check_completed(parts.what, known, *found); !good)
            found = std::unexpected(good.error());
    note_directory(parts.record, found);
    co_return found;
}

// What single claims' own places and the completion say.
net::task<result<oidc::claims>> with_additions(
    verification_parts parts,
    std::shared_ptr<const oidc::metadata> metadata,
    oidc::claims known,
    secret access_token
)
{
    auto whole = co_await with_sources(parts, std::move(metadata), std::move(known));
    if (!whole || parts.completes == nullptr)
        co_return whole;
    auto complete = co_await completed(parts, std::move(*whole), std::move(access_token));
    co_return complete;
}

} // namespace

net::task<result<oidc::claims>> access_token_claims(verification_parts parts, const secret& access_token)
{
    if (!parts.what.reads_access_token)
        co_return fail(errc::value_malformed, "access_token", "was not looked into");
    auto keys = co_await parts.keys.get();
    if (!keys)
        co_return std::unexpected(keys.error());
    auto inside = oidc::read_access_token(access_token, parts.what.algorithms, **keys);
    // No more than that: whether it matters is for the identity to say, which refuses or passes over it.
    if (!inside)
        log::debug(
            "provider.access_token_unreadable",
            {{"provider", parts.what.name}, {"reason", "the access token " + inside.error().detail}}
        );
    co_return inside;
}

bool lacks_wanted_claims(const configuration& what, const oidc::claims& id_token)
{
    return has_open_chain(what, id_token, [](const json* found) { return found != nullptr; });
}

net::task<result<oidc::claims>>
know_person(verification_parts parts, oidc::claims id_token, secret access_token)
{
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    auto known = std::move(id_token);
    if (asks_userinfo(parts.what, **metadata, access_token, known))
    {
        auto more = co_await userinfo(parts, *metadata, access_token, known.subject());
        if (!more)
            co_return std::unexpected(with_advice(more.error(), parts.what));
        known = oidc::merge(known, *more);
    }
    auto whole = co_await with_additions(parts, *metadata, std::move(known), std::move(access_token));
    co_return whole;
}

net::task<result<oidc::claims>> know_person(verification_parts parts, secret access_token)
{
    if (parts.completes == nullptr)
        co_return fail(
            errc::internal_error, "completion", "an OAuth 2.0 provider has no way to ask who it is"
        );
    auto known = co_await completed(parts, oidc::claims(), std::move(access_token));
    co_return known;
}

net::task<result<std::optional<oidc::claims>>>
know_person_again(verification_parts parts, oidc::renewed_person who, secret access_token)
{
    if (parts.what.protocol == protocol::oauth2)
    {
        auto found = co_await know_person(parts, std::move(access_token));
        if (found)
            if (const auto same = oidc::check_renewed(*found, {who.issuer, who.subject, {}}); !same)
                found = std::unexpected(same.error());
        if (!found)
            co_return std::unexpected(found.error());
        co_return std::optional(std::move(*found));
    }
    auto metadata = co_await parts.metadata.get();
    if (!metadata)
        co_return std::unexpected(metadata.error());
    const auto can_ask = parts.what.userinfo != userinfo_policy::never && (*metadata)->userinfo_endpoint &&
                         !access_token.empty();
    if (!can_ask && parts.completes == nullptr)
        co_return std::nullopt;
    auto known = oidc::as_person(who.id_token, who);
    if (can_ask)
    {
        auto more = co_await userinfo(parts, *metadata, access_token, who.subject);
        if (!more)
            co_return std::unexpected(more.error());
        known = oidc::as_person(more->with_missing_from(known), who);
    }
    auto whole = co_await with_additions(parts, *metadata, std::move(known), std::move(access_token));
    if (!whole)
        co_return std::unexpected(whole.error());
    if (who.id_token.object().empty() && lacks_wanted_claims(parts.what, *whole))
        co_return std::nullopt;
    co_return std::optional(std::move(*whole));
}

} // namespace sekisho::provider
