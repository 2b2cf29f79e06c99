// SPDX-License-Identifier: Apache-2.0
#pragma once
// The public key inside a JWK (RFC 7518, 6; RFC 8037, 2), and what reading the private one shares with it.
// For this folder's .cpp files only.

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "crypto/handles.hpp"
#include "crypto/key.hpp"

#include <cstddef>
#include <string_view>

namespace sekisho::crypto
{

// Reads kty, crv, x, y, n and e and nothing else. Error: value_malformed for anything that is no key.
result<evp_key> read_public_key(const json_object& jwk);

// What kind of key it is. Error: value_malformed for kinds and curves we do not verify with, RSA below 2048
// or above 8192 bits, and RSA exponents that are even, 1 or beyond 64 bits.
result<key_kind> kind_of(EVP_PKEY& key);

// What private and public JWKs are read with.

struct curve
{
    std::string_view crv;
    const char* group; // OpenSSL's name
    std::size_t size;  // of a coordinate, in bytes
};
// nullptr: none of P-256, P-384 and P-521.
const curve* find_curve(std::string_view crv) noexcept;

// A member that is base64url of at least one byte. Error: value_malformed.
result<bytes> key_octets(const json_object& jwk, std::string_view member);

// value_malformed at "key"; empties OpenSSL's error queue, where a later TLS call must find nothing of ours.
std::unexpected<error> refused_key(std::string_view reason);

} // namespace sekisho::crypto
