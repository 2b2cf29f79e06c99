// SPDX-License-Identifier: Apache-2.0
#include "oidc/id_token_claims.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace sekisho::oidc
{
namespace
{

using std::chrono::seconds;

std::unexpected<error> refused(std::string_view where, std::string detail)
{
    return fail(errc::oidc_generic_token_failure, where, std::move(detail));
}

// Members are looked up by their very names: a path would let "a.b" answer for a claim.
const json* member(const claims& received, std::string_view name)
{
    const auto found = received.object().find(name);
    return found == received.object().end() ? nullptr : &*found;
}

// The text of a member; empty: missing or not a text.
std::string_view text_of(const json* value)
{
    return value && value->is_string() ? std::string_view(value->get_ref<const std::string&>())
                                       : std::string_view();
}

// Step 2 for a template: the issuer of the token's own tenant, and that tenant must be let in.
result<void>
check_tenant_issuer(const claims& received, const id_token_expectations& expected, std::string_view iss)
{
    const auto tid = text_of(member(received, "tid"));
    const auto own = filled(expected.issuer, tid);
    if (own.empty() || iss != own.view())
        return fail(
            errc::oidc_issuer_mismatch,
            "id_token.iss",
            own.empty() ? "the token has no usable tid to fill into " + in_quotes(expected.issuer.view())
                        : explain_difference(own.view(), iss)
        );
    if (std::ranges::none_of(
            expected.tenants, [&](const auto& each) { return http::equal_names(each, tid); }
        ))
        return fail(
            errc::oidc_account_not_allowed,
            "id_token.tid",
            "the account's tenant " + in_quotes(tid, 64) + " is not among oidc.tenants"
        );
    return {};
}

// Step 2.
result<void> check_issuer(const claims& received, const id_token_expectations& expected)
{
    constexpr std::string_view where = "id_token.iss";
    const auto iss = text_of(member(received, "iss"));
    if (iss.empty())
        return refused(where, "is missing, empty or not a text");
    if (is_template(expected.issuer))
        return check_tenant_issuer(received, expected, iss);
    if (iss != expected.issuer.view())
        return fail(errc::oidc_issuer_mismatch, where, explain_difference(expected.issuer.view(), iss));
    return {};
}

// Core 2: at most 255 characters.
result<void> check_subject(const claims& received, const id_token_expectations&)
{
    constexpr std::size_t longest = 255;
    const auto sub = text_of(member(received, "sub"));
    if (sub.empty() || sub.size() > longest)
        return refused(
            "id_token.sub", sub.empty() ? "is missing, empty or not a text" : "is longer than 255 bytes"
        );
    return {};
}

result<std::vector<std::string_view>> audiences(const json* aud)
{
    constexpr std::string_view where = "id_token.aud";
    if (!text_of(aud).empty())
        return std::vector{text_of(aud)};
    if (!aud || !aud->is_array() || aud->empty())
        return refused(where, "is missing, empty or neither a text nor a list");
    std::vector<std::string_view> all;
    for (const auto& each : *aud)
    {
        if (text_of(&each).empty())
            return refused(where, "has a member that is empty or not a text");
        all.push_back(text_of(&each));
    }
    return all;
}

// Step 3.
result<void> check_audience(const claims& received, const id_token_expectations& expected)
{
    const auto all = audiences(member(received, "aud"));
    if (!all)
        return std::unexpected(all.error());
    if (std::ranges::find(*all, expected.client.view()) == all->end())
        return refused(
            "id_token.aud",
            "does not have our client id " + in_quotes(expected.client.view()) + "; it has " +
                in_quotes(all->front()) +
                (all->size() > 1 ? " and " + std::to_string(all->size() - 1) + " more" : "")
        );
    const auto is_trusted = [&](std::string_view audience)
    {
        return audience == expected.client.view() ||
               std::ranges::find(expected.trusted_audiences, audience) != expected.trusted_audiences.end();
    };
    if (!std::ranges::all_of(*all, is_trusted) && !member(received, "azp"))
        return refused("id_token.azp", "is missing although there are several audiences");
    return {};
}

// Steps 4 and 5.
result<void> check_authorized_party(const claims& received, const id_token_expectations& expected)
{
    const auto* const azp = member(received, "azp");
    if (azp && text_of(azp) != expected.client.view())
        return refused(
            "id_token.azp",
            "is " + in_quotes(azp->is_string() ? text_of(azp) : azp->type_name()) + ", not our client id " +
                in_quotes(expected.client.view())
        );
    return {};
}

enum class presence
{
    optional,
    required,
};

// A NumericDate; nullopt: an optional one is not there.
result<std::optional<time_point>>
time_of(const claims& received, std::string_view name, std::string_view where, presence needed)
{
    const auto* const value = member(received, name);
    if (!value && needed == presence::optional)
        return std::nullopt;
    if (!value || !value->is_number())
        return refused(where, value ? "is not a number" : "is missing");
    return from_numeric_date(value->get<double>());
}

std::string clock_detail(std::string_view claim, time_point when, time_point now, seconds skew)
{
    return std::string(claim) + " is " + format_time(when) + ", our clock says " + format_time(now) + ", " +
           std::to_string(skew.count()) + " s of difference are allowed (oidc.clock_skew)";
}

// Step 9.
result<void> check_expiry(const claims& received, const id_token_expectations& expected, time_point now)
{
    constexpr std::string_view where = "id_token.exp";
    const auto exp = time_of(received, "exp", where, presence::required);
    if (!exp)
        return std::unexpected(exp.error());
    if (now >= **exp + expected.skew)
        return refused(where, "the token has expired: " + clock_detail("exp", **exp, now, expected.skew));
    return {};
}

result<void> check_not_later(
    const claims& received,
    std::string_view name,
    std::string_view where,
    presence needed,
    time_point now,
    seconds skew
)
{
    const auto when = time_of(received, name, where, needed);
    if (!when)
        return std::unexpected(when.error());
    if (*when && **when > now + skew)
        return refused(where, "lies in the future: " + clock_detail(name, **when, now, skew));
    return {};
}

// Steps 9 and 10, and RFC 7519, 4.1.5.
result<void> check_times(const claims& received, const id_token_expectations& expected, time_point now)
{
    if (auto exp = check_expiry(received, expected, now); !exp)
        return exp;
    if (auto iat = check_not_later(received, "iat", "id_token.iat", presence::required, now, expected.skew);
        !iat)
        return iat;
    return check_not_later(received, "nbf", "id_token.nbf", presence::optional, now, expected.skew);
}

// Step 11.
result<void> check_nonce(const claims& received, const id_token_expectations& expected)
{
    if (!expected.nonce)
        return {};
    const auto nonce = text_of(member(received, "nonce"));
    if (nonce.empty() || !crypto::equal_in_constant_time(as_bytes(nonce), as_bytes(expected.nonce->view())))
        return fail(
            errc::oidc_nonce_missing,
            "id_token.nonce",
            nonce.empty() ? "is missing, empty or not a text" : "is not the one that this sign-in sent"
        );
    return {};
}

// Google: the parameter of the same name in our request is only a wish, what counts is the token.
result<void> check_hosted_domain(const claims& received, const id_token_expectations& expected)
{
    if (expected.hosted_domains.empty())
        return {};
    const auto hd = text_of(member(received, "hd"));
    if (!hd.empty() &&
        std::ranges::any_of(
            expected.hosted_domains, [&](const auto& each) { return http::equal_names(each, hd); }
        ))
        return {};
    return fail(
        errc::oidc_account_not_allowed,
        "id_token.hd",
        hd.empty() ? "the account belongs to no hosted domain, but oidc.hosted_domains lists some"
                   : "the account's domain " + in_quotes(hd, 128) + " is not among oidc.hosted_domains"
    );
}

// Step 13. A moment in the future would switch max_age off.
result<void> check_auth_time(const claims& received, const id_token_expectations& expected, time_point now)
{
    constexpr std::string_view where = "id_token.auth_time";
    if (!expected.max_age)
        return {};
    const auto when = time_of(received, "auth_time", where, presence::required);
    if (!when)
        return std::unexpected(when.error());
    if (**when + *expected.max_age + expected.skew < now)
        return refused(
            where,
            "the person signed in longer ago than max_age " + std::to_string(expected.max_age->count()) +
                " s allows: " + clock_detail("auth_time", **when, now, expected.skew)
        );
    return check_not_later(received, "auth_time", where, presence::required, now, expected.skew);
}

} // namespace

result<void> check_claims(const claims& received, const id_token_expectations& expected, time_point now)
{
    constexpr std::array checks{
        check_issuer, check_subject, check_audience, check_authorized_party, check_nonce
    };
    for (const auto check : checks)
        if (auto passed = check(received, expected); !passed)
            return passed;
    if (auto times = check_times(received, expected, now); !times)
        return times;
    if (auto recent = check_auth_time(received, expected, now); !recent)
        return recent;
    return check_hosted_domain(received, expected);
}

} // namespace sekisho::oidc
