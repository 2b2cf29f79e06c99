// SPDX-License-Identifier: Apache-2.0
#include "oidc/client_assertion.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/jws_sign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view step = "client_assertion";
constexpr std::chrono::seconds clocks_differ{60};

std::unexpected<error> unusable(std::string detail)
{
    return fail(errc::value_malformed, step, std::move(detail));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view white = " \t\r\n";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

// The payload of a compact JWS, unverified.
result<json> payload_of(std::string_view jwt)
{
    const auto first = jwt.find('.');
    const auto second = first == std::string_view::npos ? first : jwt.find('.', first + 1);
    if (second == std::string_view::npos || jwt.find('.', second + 1) != std::string_view::npos)
        return unusable("it is no JWT: not three parts separated by dots");
    const auto decoded = base64url_decode(jwt.substr(first + 1, second - first - 1));
    if (!decoded)
        return unusable("it is no JWT: its payload is not base64url");
    auto parsed = parse_json(as_text(*decoded));
    if (!parsed || !parsed->is_object())
        return unusable("it is no JWT: its payload is no JSON object");
    return parsed;
}

result<void> check_times(const json_object& claims, time_point now)
{
    const auto expiry = claims.optional_number("exp");
    const auto start = claims.optional_number("nbf");
    if (!expiry || !start)
        return unusable("its exp or nbf is not a number");
    if (*expiry && from_numeric_date(**expiry) <= now)
        return unusable(
            "it expired at " + format_time(from_numeric_date(**expiry)) + " and now it is " +
            format_time(now) + "; whatever writes the file has stopped renewing it"
        );
    if (*start && from_numeric_date(**start) > now + clocks_differ)
        return unusable(
            "it is valid only from " + format_time(from_numeric_date(**start)) + " and now it is " +
            format_time(now)
        );
    return {};
}

} // namespace

result<secret> make_client_assertion(const assertion_claims& claims, const assertion_signer& signer)
{
    const json payload{
        {"iss", claims.client.view()},
        {"sub", claims.client.view()},
        {"aud", claims.audience},
        {"jti", claims.jti},
        {"iat", to_numeric_date(claims.now)},
        {"exp", to_numeric_date(claims.now + assertion_life)},
    };
    crypto::jws_header header{.alg = signer.alg, .kid = signer.key.kid(), .typ = "JWT"};
    if (signer.certificate)
    {
        header.x5t = signer.certificate->x5t;
        header.x5t_s256 = signer.certificate->x5t_s256;
    }
    auto text = crypto::sign_compact(header, to_text(payload), signer.key);
    if (!text)
        return std::unexpected(text.error());
    return secret(std::move(*text));
}

crypto::algorithm choose_algorithm(const crypto::signing_key& key, std::span<const std::string> supported)
{
    const auto usual = key.usual_algorithm();
    if (supported.empty() || std::ranges::find(supported, crypto::name(usual)) != supported.end())
        return usual;
    const auto may_be = [&](crypto::algorithm alg)
    { return crypto::goes_with(alg, key.kind()) && (!key.alg() || crypto::is_other_name(*key.alg(), alg)); };
    for (const auto& each : supported)
        if (const auto known = crypto::find_algorithm(each); known && may_be(*known))
            return *known;
    return usual;
}

result<secret> accept_foreign_assertion(std::string_view file, time_point now)
{
    const auto jwt = trimmed(file);
    if (jwt.empty())
        return unusable("the file is empty");
    const auto payload = payload_of(jwt);
    if (!payload)
        return std::unexpected(payload.error());
    const auto claims = json_object::of(*payload, step);
    if (!claims)
        return std::unexpected(claims.error());
    if (const auto checked = check_times(*claims, now); !checked)
        return std::unexpected(checked.error());
    return secret(std::string(jwt));
}

} // namespace sekisho::oidc
