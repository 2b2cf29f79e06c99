// SPDX-License-Identifier: Apache-2.0
#include "oidc/pkce.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

namespace sekisho::oidc
{

code_verifier make_code_verifier(crypto::random_source& random) { return code_verifier(random.token(256)); }

std::string s256_challenge(const code_verifier& verifier)
{
    return base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(verifier.view())));
}

} // namespace sekisho::oidc
