// SPDX-License-Identifier: Apache-2.0
#pragma once
// JWS in compact form (RFC 7515), signed with a key of ours.

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "crypto/signing_key.hpp"

#include <string>
#include <string_view>

namespace sekisho::crypto
{

// The protected header; what is empty is left out.
struct jws_header
{
    algorithm alg = algorithm::es256;
    std::string kid{};
    std::string typ{};
    std::string x5t{};      // RFC 7515, 4.1.7
    std::string x5t_s256{}; // RFC 7515, 4.1.8
    std::string jwk{};      // RFC 7515, 4.1.3: a public key, as JSON
};

// The signature alone, as a JWS has it (RFC 7518, 3.2 to 3.5; RFC 8037, 3.1; ECDSA: r and s). Error:
// value_malformed when the algorithm does not go with the key, or the secret is empty.
result<bytes> sign(algorithm alg, const signing_key& key, std::string_view input);

// "header.payload.signature". Errors: as sign().
result<std::string> sign_compact(const jws_header& header, std::string_view payload, const signing_key& key);

} // namespace sekisho::crypto
