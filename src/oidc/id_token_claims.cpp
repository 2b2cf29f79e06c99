// SPDX-License-Identifier: Apache-2.0
#include "oidc/id_token_claims.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace sekisho::oidc
{
namespace
{

std::unexpected<error> refused(std::string_view where, std::string detail)
{
    return fail(errc::oidc_generic_token_failure, where, std::move(detail));
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
            "the account's tenant " + in_quotes(tid, 64) +
                " is not among oidc.tenants: " + in_quotes(expected.tenants)
        );
    return {};
}

// Step 2.
result<void> check_issuer(const claims& received, const id_token_expectations& expected)
{
    constexpr std::string_view where = "id_token.iss";
    const auto iss = text_of(member(received, "iss"));
    if (iss.empty())
        return refused(
            where, fault_of_text(member(received, "iss")) + "; expected " + in_quotes(expected.issuer.view())
        );
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
            "id_token.sub",
            sub.empty() ? fault_of_text(member(received, "sub"))
                        : "has " + std::to_string(sub.size()) + " bytes, at most 255 are allowed"
        );
    return {};
}

// Steps 3 to 5.
result<void> check_recipient(const claims& received, const id_token_expectations& expected)
{
    return check_audience(
        received, {expected.client, expected.trusted_audiences}, {"id_token.aud", "id_token.azp"}
    );
}

// Steps 9 and 10, and RFC 7519, 4.1.5.
result<void> check_times(const claims& received, const clock_reading& clock)
{
    if (auto exp = check_expiry(received, {"exp", "id_token.exp"}, presence::required, clock); !exp)
        return exp;
    if (auto iat = check_not_later(received, {"iat", "id_token.iat"}, presence::required, clock); !iat)
        return iat;
    return check_not_later(received, {"nbf", "id_token.nbf"}, presence::optional, clock);
}

// Neither value: whoever reads logs could sign in with it elsewhere.
std::string difference_of_nonces(const json* received, std::string_view sent)
{
    const auto expected = ", expected the one of " + std::to_string(sent.size()) +
                          " characters that this sign-in sent (the values are secret)";
    const auto nonce = text_of(received);
    if (nonce.empty())
        return fault_of_text(received) + expected;
    return "is another one, of " + std::to_string(nonce.size()) + " characters" + expected;
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
            difference_of_nonces(member(received, "nonce"), expected.nonce->view())
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
        (hd.empty() ? "the account belongs to no hosted domain"
                    : "the account's domain " + in_quotes(hd, 128) + " is not allowed") +
            std::string("; oidc.hosted_domains has ") + in_quotes(expected.hosted_domains)
    );
}

// Step 13. A moment in the future would switch max_age off.
result<void>
check_auth_time(const claims& received, const id_token_expectations& expected, const clock_reading& clock)
{
    constexpr claim_place auth_time{"auth_time", "id_token.auth_time"};
    if (!expected.max_age)
        return {};
    const auto when = time_of(received, auth_time, presence::required);
    if (!when)
        return std::unexpected(when.error());
    if (**when + *expected.max_age + expected.skew < clock.now)
        return refused(
            auth_time.where,
            "the person signed in longer ago than max_age " + std::to_string(expected.max_age->count()) +
                " s allows: " + clock_detail(auth_time.name, **when, clock)
        );
    return check_not_later(received, auth_time, presence::required, clock);
}

// Back-Channel Logout 1.0, 2.4: what says that somebody signed out is no sign-in, whatever its type says.
result<void> check_no_logout(const claims& received, const id_token_expectations&)
{
    const auto* const events = member(received, "events");
    if (events && events->is_object() && events->contains(logout_event))
        return refused("id_token.events", "says that somebody signed out: this is a logout token");
    return {};
}

} // namespace

result<void> check_claims(const claims& received, const id_token_expectations& expected, time_point now)
{
    constexpr std::array checks{check_issuer, check_subject, check_recipient, check_nonce, check_no_logout};
    for (const auto check : checks)
        if (auto passed = check(received, expected); !passed)
            return passed;
    const clock_reading clock{now, expected.skew};
    if (auto times = check_times(received, clock); !times)
        return times;
    if (auto recent = check_auth_time(received, expected, clock); !recent)
        return recent;
    return check_hosted_domain(received, expected);
}

} // namespace sekisho::oidc
