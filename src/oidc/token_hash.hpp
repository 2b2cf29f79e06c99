// SPDX-License-Identifier: Apache-2.0
#pragma once
// The hashes that bind an ID token to the access token and the code that came with it.

#include "base/result.hpp"
#include "crypto/key.hpp"
#include "oidc/claims.hpp"
#include "oidc/id_token.hpp"

namespace sekisho::oidc
{

// at_hash and c_hash (Core 3.1.3.6, 3.2.2.9, 3.3.2.11). The kind of the key that made the signature
// decides the hash of EdDSA.
result<void> check_hashes(
    const claims& received,
    const id_token_expectations& expected,
    crypto::algorithm alg,
    crypto::key_kind kind
);

} // namespace sekisho::oidc
