// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/plan.hpp"

#include <algorithm>
#include <optional>

namespace sekisho::gateway
{
namespace
{

using std::chrono::seconds;

seconds share(seconds of, double part) noexcept
{
    return seconds(static_cast<std::int64_t>(static_cast<double>(of.count()) * part));
}

// By when it has to be done; nullopt: nobody says.
std::optional<time_point> refresh_limit(const session::session& value, const renewal_rules& by) noexcept
{
    std::optional<time_point> limit = value.tokens_end;
    if (by.interval > seconds::zero())
        limit = std::min(limit.value_or(time_point::max()), value.confirmed + by.interval);
    return limit;
}

need urgency_of(
    const session::session& value, const renewal_rules& by, time_point limit, time_point now
) noexcept
{
    if (now >= limit)
        return need::now;
    if (now < limit - std::min(by.before * 2, (limit - value.confirmed) / 2))
        return need::none; // nobody's share reaches that far: of most requests this is all
    const auto part = 1.0 + spread(value.id);
    // Tokens may last no longer than `before` says: not earlier than after half their life.
    const auto lead = std::min(share(by.before, part), share(limit - value.confirmed, part / 4));
    return now >= limit - lead ? need::soon : need::none;
}

} // namespace

double spread(const session::session_id& id) noexcept
{
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char each : id.view())
        hash = (hash ^ static_cast<unsigned char>(each)) * 16777619U;
    return static_cast<double>(hash) / 4294967296.0;
}

bool can_refresh(const session::session& value, const renewal_rules& by) noexcept
{
    return by.refresh && !value.refresh_token.empty();
}

bool has_ended_tokens(const session::session& value, time_point now) noexcept
{
    return value.tokens_end && now >= *value.tokens_end;
}

renewal_plan
plan_renewal(const session::session& value, const renewal_rules& by, userinfo how, time_point now) noexcept
{
    if (can_refresh(value, by))
        if (const auto limit = refresh_limit(value, by))
            if (const auto urgency = urgency_of(value, by, *limit, now); urgency != need::none)
                return {renewal_way::refresh, urgency};
    const auto is_asked = by.ask_userinfo > seconds::zero() && how == userinfo::asked &&
                          !value.access_token.empty() && !has_ended_tokens(value, now);
    if (is_asked)
        if (const auto urgency = urgency_of(value, by, value.confirmed + by.ask_userinfo, now);
            urgency != need::none)
            return {renewal_way::recheck, urgency};
    return {};
}

bool is_final(const error& why) noexcept
{
    switch (why.code)
    {
    case errc::oidc_refresh_refused:
    case errc::oidc_account_not_allowed:
    case errc::oidc_missing_user_claim:
    case errc::oidc_missing_email_claim:
    case errc::oidc_email_unverified:
    case errc::oidc_identity_unusable:
    case errc::oidc_email_domain_refused:
    case errc::oidc_email_domain_elsewhere:
        return true;
    case errc::oidc_issuer_mismatch: // of a token; the discovery document's is trouble, not an answer
        return why.where == "id_token.iss" || why.where == "completion";
    default:
        return false;
    }
}

seconds pause_after(std::uint32_t failures, double spread) noexcept
{
    constexpr std::uint32_t most_doublings = 6;
    constexpr seconds longest = std::chrono::minutes(5);
    const seconds whole = seconds(5) * (1U << std::min(failures > 0 ? failures - 1 : 0, most_doublings));
    return std::max(share(std::min(whole, longest), 1.0 - spread / 2), seconds(1));
}

std::chrono::milliseconds keep_again_after(std::chrono::milliseconds last) noexcept
{
    constexpr std::chrono::milliseconds longest = seconds(1);
    return last < longest ? std::min(last * 2, longest) : longest;
}

new_sign_in new_sign_in_for(
    const session::session& value, const renewal_rules& by, std::uint32_t failures, time_point now
) noexcept
{
    if (!has_ended_tokens(value, now))
        return new_sign_in::no;
    if (!can_refresh(value, by))
    {
        const auto is_asked = by.silent_sign_in && now - value.confirmed >= seconds(60);
        return is_asked ? new_sign_in::silent : new_sign_in::no;
    }
    const auto is_given_up = by.when_it_fails == after_failure::sign_in_again && failures > 0;
    return is_given_up ? new_sign_in::shown : new_sign_in::no;
}

bool wants_the_person(const error& why) noexcept
{
    switch (why.code)
    {
    case errc::oidc_interaction_required:
    case errc::oidc_access_denied:
    case errc::oidc_auth_error:
        return true;
    default:
        return is_final(why);
    }
}

} // namespace sekisho::gateway
