// SPDX-License-Identifier: Apache-2.0
#include "oidc/signed_key_set.hpp"

#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/signed_claims.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace sekisho::oidc
{
namespace
{

constexpr token_kind kind{
    errc::oidc_key_fetch_failure,
    "signed_jwks",
    "signed_jwks.alg",
    "signed_jwks.signature",
};

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view white = " \t\r\n";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

// RFC 8725, 3.11: what the same keys signed for another purpose is no set of keys. Those who made one before
// there was a type for it wrote none, or JWT.
result<void> check_type(const std::optional<std::string>& typ)
{
    constexpr std::array<std::string_view, 4> fitting{
        "jwk-set+jwt", "application/jwk-set+jwt", "JWT", "application/JWT"
    };
    if (!typ || std::ranges::any_of(fitting, [&](auto each) { return http::equal_names(*typ, each); }))
        return {};
    return fail(kind.failure, "signed_jwks.typ", "is " + in_quotes(*typ, 64) + ": no set of keys");
}

// Several providers may have their keys signed by the same.
result<void> check_name(const claims& received, claim_place claim, const issuer_setting& issuer)
{
    const auto* const value = member(received, claim.name);
    if (!value)
        return {};
    if (text_of(value).empty())
        return fail(kind.failure, claim.where, fault_of_text(value));
    if (!is_named(issuer, text_of(value)))
        return fail(kind.failure, claim.where, explain_difference(issuer.identifier.view(), text_of(value)));
    return {};
}

result<void> check_claims(const claims& received, const signed_key_set_expectations& expected, time_point now)
{
    const clock_reading clock{now, expected.clock_skew};
    for (const auto claim : {claim_place{"iss", "signed_jwks.iss"}, claim_place{"sub", "signed_jwks.sub"}})
        if (auto named = check_name(received, claim, expected.issuer); !named)
            return named;
    if (auto begun = check_not_later(received, {"iat", "signed_jwks.iat"}, presence::optional, clock); !begun)
        return translated(begun.error(), kind.failure, begun.error().where);
    if (auto lasting = check_expiry(received, {"exp", "signed_jwks.exp"}, presence::optional, clock);
        !lasting)
        return translated(lasting.error(), kind.failure, lasting.error().where);
    return {};
}

} // namespace

result<key_set>
open_signed_key_set(std::string_view jwt, const signed_key_set_expectations& expected, time_point now)
{
    jwt = trimmed(jwt);
    const auto header = inspect(jwt, kind);
    if (!header)
        return std::unexpected(header.error());
    const auto signers = expected.signers.choose(header->kid, header->alg);
    auto read = read_signed_claims(jwt, kind, expected.algorithms, signers);
    if (!read)
        return std::unexpected(read.error());
    if (auto typed = check_type(read->typ); !typed)
        return std::unexpected(typed.error());
    if (auto right = check_claims(read->claims, expected, now); !right)
        return std::unexpected(right.error());
    auto keys = key_set::parse(read->claims.to_text());
    if (!keys)
        return std::unexpected(keys.error());
    const auto exp = time_of(read->claims, {"exp", "signed_jwks.exp"}, presence::optional);
    return keys->expiring(exp && *exp ? std::optional(**exp + expected.clock_skew) : std::nullopt);
}

} // namespace sekisho::oidc
