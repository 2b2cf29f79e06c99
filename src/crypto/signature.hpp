// SPDX-License-Identifier: Apache-2.0
#pragma once
// Signatures as certificates and authenticators carry them: those of ECDSA in DER (RFC 3279, 2.2.3).

#include "base/encoding.hpp"
#include "crypto/key.hpp"

namespace sekisho::crypto
{

// Whether the key made this signature of `data`. False also when the key's type or curve does not go with the
// algorithm, when its `alg` names another one, and for symmetric and PSS algorithms.
bool verify_signature(algorithm alg, const verification_key& key, byte_view data, byte_view signature);

} // namespace sekisho::crypto
