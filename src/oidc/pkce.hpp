// SPDX-License-Identifier: Apache-2.0
#pragma once
// Proof Key for Code Exchange (RFC 7636), S256 only.

#include "crypto/random.hpp"
#include "oidc/names.hpp"

#include <string>

namespace sekisho::oidc
{

// 256 random bits: 43 characters (RFC 7636, 4.1).
code_verifier make_code_verifier(crypto::random_source& random);

// RFC 7636, 4.2: BASE64URL(SHA256(ASCII(verifier))).
std::string s256_challenge(const code_verifier& verifier);

} // namespace sekisho::oidc
