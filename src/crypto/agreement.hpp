// SPDX-License-Identifier: Apache-2.0
#pragma once
// What encryption needs of keys, ECDH above all (RFC 7518, 4.6; RFC 8037, 3.2). For this folder's .cpp files
// only.

#include "base/json.hpp"
#include "base/result.hpp"
#include "crypto/decryption_key.hpp"
#include "crypto/encryption_key.hpp"
#include "crypto/handles.hpp"

#include <string>
#include <string_view>

namespace sekisho::crypto
{

struct decryption_key::native
{
    evp_key key;
};

struct encryption_key::native
{
    evp_key key;
};

inline constexpr std::string_view rsa_family = "RSA";

// "RSA", "P-256", "P-384", "P-521" or "X25519", a literal. Error: value_malformed: it only signs, and as
// kind_of().
result<std::string_view> encryption_family(EVP_PKEY& key);

// The other side's public key, an `epk`. One that is no point of its curve is refused here, before our key
// touches it (invalid-curve attacks; RFC 7518, 8.1). Error: value_malformed.
struct agreement_key
{
    evp_key key;
    std::string family; // as decryption_key::family()
};
result<agreement_key> read_agreement_key(const json_object& jwk);

// A private X25519 JWK. Error: value_malformed, as read_private_key().
result<evp_key> read_private_x25519(const json_object& jwk);

} // namespace sekisho::crypto
