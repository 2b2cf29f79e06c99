// SPDX-License-Identifier: Apache-2.0
#include "oidc/dpop.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/hash.hpp"
#include "crypto/jws_sign.hpp"
#include "oidc/client_assertion.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view wants_nonce = "use_dpop_nonce";
constexpr std::string_view bad_proof = "invalid_dpop_proof";

// RFC 9449, 4.2: the key itself; what else a JWK may say is for others.
json bare_key(const crypto::signing_key& key)
{
    auto jwk = key.public_jwk();
    for (const auto* const member : {"kid", "use", "alg"})
        jwk.erase(member);
    return jwk;
}

} // namespace

std::string_view name(token_scheme scheme) noexcept
{
    return scheme == token_scheme::dpop ? "DPoP" : "Bearer";
}

result<std::string>
make_dpop_proof(const dpop_request& request, const crypto::signing_key& key, crypto::algorithm alg)
{
    json claims{
        {"jti", request.jti},
        {"htm", request.method},
        {"htu", request.target.origin() + request.target.path()},
        {"iat", to_numeric_date(request.now)},
    };
    if (!request.access_token.empty())
        claims["ath"] =
            base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(request.access_token.reveal())));
    if (!request.nonce.empty())
        claims["nonce"] = request.nonce;
    const crypto::jws_header header{.alg = alg, .typ = "dpop+jwt", .jwk = to_text(bare_key(key))};
    return crypto::sign_compact(header, to_text(claims), key);
}

result<crypto::algorithm>
choose_dpop_algorithm(const crypto::signing_key& key, std::span<const std::string> supported)
{
    const auto chosen = choose_algorithm(key, supported);
    if (supported.empty() || std::ranges::find(supported, crypto::name(chosen)) != supported.end())
        return chosen;
    return fail(
        errc::value_malformed,
        "oidc.dpop_key",
        "the key signs with " + std::string(crypto::name(chosen)) + ", and the provider takes " +
            in_quotes(supported) +
            " (dpop_signing_alg_values_supported): `sekisho key generate --alg` makes one of those"
    );
}

bool wants_dpop_nonce(int status, std::string_view challenges, std::string_view body)
{
    if (status == 401 && refused_proof(challenges) == wants_nonce)
        return true;
    if (status != 400 && status != 401)
        return false;
    const auto parsed = parse_json(body);
    const auto answer = parsed ? json_object::of(*parsed, "dpop") : std::unexpected(parsed.error());
    return answer && answer->optional_text("error").value_or(std::nullopt) == wants_nonce;
}

std::string_view refused_proof(std::string_view challenges) noexcept
{
    for (const auto each : {wants_nonce, bad_proof})
        if (challenges.contains(each))
            return each;
    return {};
}

bool is_dpop_nonce(std::string_view text) noexcept
{
    constexpr std::size_t longest = 1024;
    // NQCHAR of RFC 6749, A: what may stand between quotes without an escape.
    const auto is_plain = [](char each)
    { return each == 0x21 || (each >= 0x23 && each <= 0x5b) || (each >= 0x5d && each <= 0x7e); };
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, is_plain);
}

} // namespace sekisho::oidc
