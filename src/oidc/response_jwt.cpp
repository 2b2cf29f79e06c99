// SPDX-License-Identifier: Apache-2.0
#include "oidc/response_jwt.hpp"

#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view name = "response";

constexpr token_kind kind{
    errc::oidc_generic_token_failure,
    name,
    "response.alg",
    bad_response_signature,
};

// RFC 8725, 3.11: what another purpose signed under the same key is no answer. JARM has no type of its own.
result<void> check_type(const std::optional<std::string>& typ)
{
    if (!typ || http::equal_names(*typ, "JWT") || http::equal_names(*typ, "application/JWT"))
        return {};
    return fail(kind.failure, "response.typ", "is " + in_quotes(*typ, 64) + ": a token of another kind");
}

// JARM 2.4, step 3.
result<void> check_issuer(const claims& received, const id_token_expectations& expected)
{
    constexpr std::string_view where = "response.iss";
    const auto* const claim = member(received, "iss");
    if (text_of(claim).empty())
        return fail(kind.failure, where, fault_of_text(claim));
    if (!names_issuer(expected.issuer, expected.tenants, text_of(claim)))
        return fail(
            errc::oidc_issuer_mismatch, where, explain_difference(expected.issuer.view(), text_of(claim))
        );
    return {};
}

// JARM 2.4, steps 4 and 5; RFC 7519, 4.1.5.
result<void>
check_audience_and_times(const claims& received, const id_token_expectations& expected, time_point now)
{
    const clock_reading clock{now, expected.skew};
    if (auto fine = check_audience(
            received, {expected.client, expected.trusted_audiences}, {"response.aud", "response.azp"}
        );
        !fine)
        return fine;
    if (auto fine = check_expiry(received, {"exp", "response.exp"}, presence::required, clock); !fine)
        return fine;
    return check_not_later(received, {"nbf", "response.nbf"}, presence::optional, clock);
}

} // namespace

result<std::string> response_in(std::span<const parameter> received)
{
    const auto found = std::ranges::find(received, name, &parameter::name);
    if (found == received.end() || found->value.empty())
        return std::string();
    for (const auto& each : received)
        if (each.name != name)
            return fail(
                errc::oidc_login_error,
                "authorization_response",
                in_quotes(each.name, 64) +
                    " stands beside `response`, which alone is signed: something on the way adds to the "
                    "provider's answers, or somebody tries to"
            );
    return found->value;
}

oidc::state claimed_state(std::string_view jwt)
{
    const auto jws = crypto::take_apart(jwt);
    if (!jws)
        return {};
    const auto inside = claims::parse(as_text(jws->payload), name);
    return inside ? oidc::state(std::string(text_of(member(*inside, "state")))) : oidc::state();
}

result<jwt_header> inspect_response(std::string_view jwt) { return inspect(jwt, kind); }

result<parameters> validate_response(
    std::string_view jwt,
    const id_token_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
)
{
    const auto read = read_signed_claims(jwt, kind, expected.algorithms, keys);
    if (!read)
        return std::unexpected(read.error());
    if (const auto fine = check_type(read->typ); !fine)
        return std::unexpected(fine.error());
    if (const auto fine = check_issuer(read->claims, expected); !fine)
        return std::unexpected(fine.error());
    if (const auto fine = check_audience_and_times(read->claims, expected, now); !fine)
        return std::unexpected(fine.error());
    parameters made;
    for (const auto& [each, value] : read->claims.object().items())
        if (value.is_string() && each != "aud")
            made.push_back({each, value.get<std::string>()});
    return made;
}

} // namespace sekisho::oidc
