// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_checks.hpp"

#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::oidc
{
namespace
{

std::unexpected<error> refused(std::string_view where, std::string detail)
{
    return fail(errc::oidc_generic_token_failure, where, std::move(detail));
}

result<std::vector<std::string_view>>
audiences(const json* aud, const token_recipient& us, std::string_view where)
{
    if (!text_of(aud).empty())
        return std::vector{text_of(aud)};
    if (!aud || !aud->is_array() || aud->empty())
        return refused(
            where,
            (aud && aud->is_array() ? "is an empty list" : fault_of_text(aud)) + "; expected our client id " +
                in_quotes(us.client.view())
        );
    std::vector<std::string_view> all;
    for (const auto& each : *aud)
    {
        if (text_of(&each).empty())
            return refused(where, "has a member that is empty or not a text");
        all.push_back(text_of(&each));
    }
    return all;
}

// Steps 4 and 5.
result<void>
check_authorized_party(const claims& received, const token_recipient& us, const audience_places& places)
{
    const auto* const azp = member(received, "azp");
    if (azp && text_of(azp) != us.client.view())
        return refused(
            places.azp,
            "is " + in_quotes(azp->is_string() ? text_of(azp) : azp->type_name()) + ", not our client id " +
                in_quotes(us.client.view())
        );
    return {};
}

} // namespace

const json* member(const claims& received, std::string_view name)
{
    const auto found = received.object().find(name);
    return found == received.object().end() ? nullptr : &*found;
}

std::string_view text_of(const json* value)
{
    return value && value->is_string() ? std::string_view(value->get_ref<const std::string&>())
                                       : std::string_view();
}

std::string fault_of_text(const json* value)
{
    if (!value)
        return "is missing";
    if (value->is_string())
        return "is empty";
    return std::string("is no text but: ") + value->type_name();
}

result<void> check_audience(const claims& received, const token_recipient& us, const audience_places& places)
{
    const auto all = audiences(member(received, "aud"), us, places.aud);
    if (!all)
        return std::unexpected(all.error());
    if (std::ranges::find(*all, us.client.view()) == all->end())
        return refused(
            places.aud,
            "does not have our client id " + in_quotes(us.client.view()) + "; it has " +
                in_quotes(all->front()) +
                (all->size() > 1 ? " and " + std::to_string(all->size() - 1) + " more" : "")
        );
    const auto is_trusted = [&](std::string_view audience)
    {
        return audience == us.client.view() ||
               std::ranges::find(us.trusted_audiences, audience) != us.trusted_audiences.end();
    };
    if (!std::ranges::all_of(*all, is_trusted) && !member(received, "azp"))
        return refused(
            places.azp,
            "is missing although there are several audiences: " +
                in_quotes(std::vector<std::string>(all->begin(), all->end())) +
                "; those that may stand beside us belong into oidc.trusted_audiences"
        );
    return check_authorized_party(received, us, places);
}

result<std::optional<time_point>> time_of(const claims& received, claim_place claim, presence needed)
{
    const auto* const value = member(received, claim.name);
    if (!value && needed == presence::optional)
        return std::nullopt;
    if (!value || !value->is_number())
        return refused(
            claim.where, value ? std::string("is no number but: ") + value->type_name() : "is missing"
        );
    return from_numeric_date(value->get<double>());
}

std::string clock_detail(std::string_view claim, time_point when, const clock_reading& clock)
{
    return std::string(claim) + " is " + format_time(when) + ", our clock says " + format_time(clock.now) +
           ", " + std::to_string(clock.skew.count()) + " s of difference are allowed (oidc.clock_skew)";
}

result<void>
check_expiry(const claims& received, claim_place exp, presence needed, const clock_reading& clock)
{
    const auto when = time_of(received, exp, needed);
    if (!when)
        return std::unexpected(when.error());
    if (*when && clock.now >= **when + clock.skew)
        return refused(exp.where, "the token has expired: " + clock_detail(exp.name, **when, clock));
    return {};
}

result<void>
check_not_later(const claims& received, claim_place claim, presence needed, const clock_reading& clock)
{
    const auto when = time_of(received, claim, needed);
    if (!when)
        return std::unexpected(when.error());
    if (*when && **when > clock.now + clock.skew)
        return refused(claim.where, "lies in the future: " + clock_detail(claim.name, **when, clock));
    return {};
}

} // namespace sekisho::oidc
