// SPDX-License-Identifier: Apache-2.0
#include "oidc/logout_token.hpp"

#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr token_kind kind{
    errc::oidc_generic_token_failure,
    "logout_token",
    "logout_token.alg",
    bad_logout_signature,
};

std::unexpected<error> refused(std::string_view where, std::string detail)
{
    return fail(kind.failure, where, std::move(detail));
}

// 2.4 and RFC 8725, 3.11: older providers say JWT or nothing; a type of its own that is another one's is
// refused.
result<void> check_type(const std::optional<std::string>& typ)
{
    constexpr std::string_view prefix = "application/"; // may be left out (RFC 7515, 4.1.9)
    if (!typ)
        return {};
    auto name = std::string_view(*typ);
    if (name.size() > prefix.size() && http::equal_names(name.substr(0, prefix.size()), prefix))
        name.remove_prefix(prefix.size());
    if (http::equal_names(name, "logout+jwt") || http::equal_names(name, "JWT"))
        return {};
    return refused("logout_token.typ", "is " + in_quotes(*typ, 64) + ": a token of another kind");
}

// 2.6, step 4.
result<void> check_issuer(const claims& received, const id_token_expectations& expected)
{
    constexpr std::string_view where = "logout_token.iss";
    const auto iss = text_of(member(received, "iss"));
    if (iss.empty())
        return refused(where, "is missing, empty or not a text");
    if (!names_issuer(expected.issuer, expected.tenants, iss))
        return fail(errc::oidc_issuer_mismatch, where, explain_difference(expected.issuer.view(), iss));
    return {};
}

// 2.6, step 4.
result<void> check_recipient(const claims& received, const id_token_expectations& expected)
{
    return check_audience(
        received, {expected.client, expected.trusted_audiences}, {"logout_token.aud", "logout_token.azp"}
    );
}

// 2.6, step 6. The member's value SHOULD be an empty object; other events may stand beside it.
result<void> check_events(const claims& received, const id_token_expectations&)
{
    constexpr std::string_view where = "logout_token.events";
    const auto* const events = member(received, "events");
    if (!events || !events->is_object())
        return refused(where, events ? "is not an object" : "is missing");
    const auto event = events->find(logout_event);
    if (event == events->end() || !event->is_object())
        return refused(where, "has no object named " + std::string(logout_event));
    return {};
}

// 2.6, step 7: an ID token must never end a session.
result<void> check_no_nonce(const claims& received, const id_token_expectations&)
{
    if (member(received, "nonce"))
        return refused("logout_token.nonce", "is there: this is an ID token");
    return {};
}

struct optional_text
{
    claim_place claim;
    std::size_t longest;
};

// Missing is fine; present it is a text of one byte or more.
result<std::string> text_if_present(const claims& received, const optional_text& what)
{
    const auto* const value = member(received, what.claim.name);
    if (!value)
        return std::string();
    const auto text = text_of(value);
    if (text.empty() || text.size() > what.longest)
        return refused(
            what.claim.where,
            text.empty() ? "is empty or not a text"
                         : "is longer than " + std::to_string(what.longest) + " bytes"
        );
    return std::string(text);
}

// 2.6, step 5, and 2.4: jti is required.
result<logout_token> read_names(const claims& received)
{
    constexpr optional_text sid_claim{{"sid", "logout_token.sid"}, 512}; // as oidc/front_channel
    constexpr optional_text sub_claim{{"sub", "logout_token.sub"}, 255}; // Core 2
    constexpr optional_text jti_claim{{"jti", "logout_token.jti"}, 512};
    auto sid = text_if_present(received, sid_claim);
    if (!sid)
        return std::unexpected(sid.error());
    auto sub = text_if_present(received, sub_claim);
    if (!sub)
        return std::unexpected(sub.error());
    auto jti = text_if_present(received, jti_claim);
    if (!jti)
        return std::unexpected(jti.error());
    if (sid->empty() && sub->empty())
        return refused("logout_token.sub", "is missing, and so is sid: nobody is meant");
    if (jti->empty())
        return refused("logout_token.jti", "is missing");
    return logout_token{
        issuer(std::string(text_of(member(received, "iss")))),
        *std::move(sid),
        subject(*std::move(sub)),
        *std::move(jti),
        {}
    };
}

// 2.6, step 4; Core 3.1.3.7, steps 9 and 10. When it stops being good; in this order, so that a wrong clock
// is told as such.
result<time_point> check_times(const claims& received, const clock_reading& clock)
{
    constexpr claim_place exp{"exp", "logout_token.exp"};
    constexpr claim_place iat{"iat", "logout_token.iat"};
    if (const auto fine = check_expiry(received, exp, presence::optional, clock); !fine)
        return std::unexpected(fine.error());
    if (const auto fine = check_not_later(received, iat, presence::required, clock); !fine)
        return std::unexpected(fine.error());
    if (const auto fine = check_not_later(received, {"nbf", "logout_token.nbf"}, presence::optional, clock);
        !fine)
        return std::unexpected(fine.error());
    const auto issued = time_of(received, iat, presence::required);
    const auto ends = time_of(received, exp, presence::optional);
    const auto latest = **issued + (*ends ? longest_logout_token_life : logout_token_life_without_exp);
    const auto good_until = std::min(ends->value_or(latest), time_point(latest)) + clock.skew;
    if (clock.now >= good_until)
        return refused(iat.where, "lies too far back: " + clock_detail(iat.name, **issued, clock));
    return good_until;
}

} // namespace

result<jwt_header> inspect_logout_token(std::string_view logout_token) { return inspect(logout_token, kind); }

result<logout_token> validate_logout_token(
    std::string_view text,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
)
{
    const auto read = read_signed_claims(text, kind, expected.algorithms, keys); // steps 2 and 3
    if (!read)
        return std::unexpected(read.error());
    if (const auto passed = check_type(read->typ); !passed)
        return std::unexpected(passed.error());
    constexpr std::array checks{check_issuer, check_recipient, check_events, check_no_nonce};
    for (const auto check : checks)
        if (const auto passed = check(read->claims, expected); !passed)
            return std::unexpected(passed.error());
    const auto good_until = check_times(read->claims, {now, expected.skew});
    if (!good_until)
        return std::unexpected(good_until.error());
    auto token = read_names(read->claims);
    if (token)
        token->good_until = *good_until;
    return token;
}

} // namespace sekisho::oidc
