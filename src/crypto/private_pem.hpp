// SPDX-License-Identifier: Apache-2.0
#pragma once
// A private key in PEM. For this folder's .cpp files only.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/handles.hpp"

namespace sekisho::crypto
{

// PKCS#8, or the older forms of OpenSSL for RSA and EC; of any kind. Error: value_malformed with the reason:
// encrypted, a public key, more than 64 KiB.
result<evp_key> read_private_pem(const secret& pem);

// PKCS#8, not encrypted.
secret write_private_pem(EVP_PKEY& key);

} // namespace sekisho::crypto
