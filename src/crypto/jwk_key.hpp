// SPDX-License-Identifier: Apache-2.0
#pragma once
// The public key inside a JWK (RFC 7518, 6; RFC 8037, 2). For this folder's .cpp files only.

#include "base/json.hpp"
#include "base/result.hpp"
#include "crypto/handles.hpp"
#include "crypto/key.hpp"

namespace sekisho::crypto
{

// Reads kty, crv, x, y, n and e and nothing else. Error: value_malformed for anything that is no key.
result<evp_key> read_public_key(const json_object& jwk);

// What kind of key it is. Error: value_malformed for kinds and curves we do not verify with, RSA below 2048
// or above 8192 bits, and RSA exponents that are even, 1 or beyond 64 bits.
result<key_kind> kind_of(EVP_PKEY& key);

} // namespace sekisho::crypto
