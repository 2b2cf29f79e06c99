// SPDX-License-Identifier: Apache-2.0
#pragma once
// JWE in compact form (RFC 7516, 5.1), made for a key of somebody else's: the other half of crypto/jwe.

#include "base/result.hpp"
#include "crypto/encryption_key.hpp"
#include "crypto/jwe_algorithm.hpp"
#include "crypto/random.hpp"

#include <string>
#include <string_view>

namespace sekisho::crypto
{

// What the protected header says beside the key's kid.
struct encryption_plan
{
    key_management alg;
    content_encryption enc;
    std::string cty{}; // what the content is, "JWT" for a nested one (RFC 7519, 5.2); empty: not said
};

// "header.key.vector.content.tag". The content's key and its vector come out of `random`; the sender's key of
// ECDH-ES, new for each, and the padding of OAEP are OpenSSL's own affair. Error: value_malformed when the
// algorithm does not go with the key.
result<std::string> encrypt_compact(
    std::string_view content, const encryption_key& to, const encryption_plan& plan, random_source& random
);

} // namespace sekisho::crypto
