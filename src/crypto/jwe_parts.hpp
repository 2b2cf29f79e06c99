// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two halves of decrypting a JWE (RFC 7516, 5.2), and what encrypting one shares with them. For this
// folder's .cpp files only.

#include "base/encoding.hpp"
#include "crypto/agreement.hpp"
#include "crypto/jwe.hpp"

#include <optional>
#include <string_view>

namespace sekisho::crypto
{

struct compact_jwe::ephemeral
{
    agreement_key key;
};

// The key of the content, of the size that `enc` wants: a random one where it cannot be had, so that the
// failure shows later and as any other (RFC 7516, 11.5). The key goes with `alg`. To be wiped.
bytes content_key(const compact_jwe& jwe, const decryption_key& ours);

// nullopt: not made with this key, or changed.
std::optional<secret> decrypt_content(const compact_jwe& jwe, byte_view key);

bool is_gcm(content_encryption enc) noexcept;
const EVP_CIPHER* cipher_of(content_encryption enc);

// What a tag of AES-CBC with HMAC vouches for.
struct tagged_content
{
    content_encryption enc;
    std::string_view header; // in base64url
    byte_view vector;
    byte_view content; // encrypted
};

// RFC 7518, 5.2.2.1; `key` is the half of the content's key that authenticates.
bytes cbc_tag(const tagged_content& of, byte_view key);

} // namespace sekisho::crypto
