// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a JWS algorithm is made of (RFC 7518, 3.1). For this folder's .cpp files only.

#include "crypto/handles.hpp"
#include "crypto/hash.hpp"
#include "crypto/key.hpp"

namespace sekisho::crypto
{

digest digest_of(algorithm alg);
// nullptr: EdDSA, which hashes by itself.
const EVP_MD* evp_digest_of(algorithm alg);
bool is_pss(algorithm alg);
bool is_ecdsa(algorithm alg);

} // namespace sekisho::crypto
