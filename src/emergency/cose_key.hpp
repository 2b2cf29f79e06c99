// SPDX-License-Identifier: Apache-2.0
#pragma once
// The public key of a passkey (COSE_Key: RFC 9052, 7; RFC 9053), of the three kinds that we ask for.

#include "base/result.hpp"
#include "crypto/key.hpp"
#include "emergency/cbor.hpp"

#include <string>

namespace sekisho::emergency
{

// A key, and the one algorithm it is used with.
struct public_key
{
    crypto::algorithm alg; // ES256, EdDSA or RS256
    std::string jwk;       // as it is kept; has `alg`
    crypto::verification_key key;
};

// The key that comes next. No member but those of its kind, each once (WebAuthn 2, 6.5.1). Error:
// value_malformed.
result<public_key> read_cose_key(cbor_reader& from);

// A key as it was kept. Error: value_malformed.
result<public_key> read_kept_key(std::string_view jwk);

} // namespace sekisho::emergency
