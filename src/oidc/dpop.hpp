// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tokens that are good only with a proof that our key made (DPoP, RFC 9449): the proofs, and what answers say
// about them.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "crypto/signing_key.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

// How an access token is used (RFC 6750; RFC 9449, 7.1).
enum class token_scheme : std::uint8_t
{
    bearer,
    dpop,
};
std::string_view name(token_scheme scheme) noexcept; // "Bearer", "DPoP"

// One request that is proven (RFC 9449, 4.2).
struct dpop_request
{
    std::string_view method;
    const url& target;          // as the provider says it; its query is left out
    const secret& access_token; // empty: none goes along
    std::string nonce;          // the server's; empty: none is known
    std::string jti;            // never the same again
    time_point now;
};

// The DPoP field's value. Error: value_malformed when the algorithm does not go with the key.
result<std::string>
make_dpop_proof(const dpop_request& request, const crypto::signing_key& key, crypto::algorithm alg);

// What the key signs proofs with (choose_algorithm), held against dpop_signing_alg_values_supported; an empty
// list says nothing. Error: value_malformed at "oidc.dpop_key": the provider takes none that goes with the
// key; the detail has both.
result<crypto::algorithm>
choose_dpop_algorithm(const crypto::signing_key& key, std::span<const std::string> supported);

// Whether the answer wants the same request with the nonce beside it (RFC 9449, 8 and 9). `challenges`: the
// values of WWW-Authenticate, one after another.
bool wants_dpop_nonce(int status, std::string_view challenges, std::string_view body);

// Why a resource server refuses the proof, not the token (RFC 9449, 7.1): "use_dpop_nonce" or
// "invalid_dpop_proof". Empty: it says neither.
std::string_view refused_proof(std::string_view challenges) noexcept;

// Whether this is a nonce that a server may give (RFC 9449, 8.1), and short enough to be kept.
bool is_dpop_nonce(std::string_view text) noexcept;

} // namespace sekisho::oidc
