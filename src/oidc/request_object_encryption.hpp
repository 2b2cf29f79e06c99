// SPDX-License-Identifier: Apache-2.0
#pragma once
// A signed request object, encrypted to the provider (RFC 9101, 6.1; Core 6.1 and 10.2): nobody on the way
// through the browser can read it.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/encryption_key.hpp"
#include "crypto/jwe_algorithm.hpp"
#include "crypto/random.hpp"
#include "oidc/metadata.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

struct object_encryption
{
    crypto::encryption_key key;
    crypto::key_management alg;
    crypto::content_encryption enc;
};

// The newest key of the provider's that is good now and goes with an algorithm it announces: by `nbf`, those
// without one after the others, otherwise in the order of the set. Of the algorithms RSA-OAEP-256 or ECDH-ES
// comes first, of the encryptions A256GCM. What the metadata does not list is taken from the key's `alg`, or
// from its kind, and A128CBC-HS256, which OpenID Connect Registration 1.0 makes usual. Error:
// value_malformed; the detail says what there is.
result<object_encryption> choose_object_encryption(
    std::span<const crypto::encryption_key> keys, const metadata& provider, time_point now
);

// A JWE whose content is the JWS (`cty` is "JWT"; RFC 7519, 5.2). Error: value_malformed.
result<std::string> encrypt_request_object(
    std::string_view signed_object, const object_encryption& how, crypto::random_source& random
);

// "RSA-OAEP-256, A256GCM, kid "e1"": for people.
std::string to_text(const object_encryption& how);

} // namespace sekisho::oidc
