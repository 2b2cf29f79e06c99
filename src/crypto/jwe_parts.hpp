// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two halves of decrypting a JWE (RFC 7516, 5.2). For this folder's .cpp files only.

#include "base/encoding.hpp"
#include "crypto/agreement.hpp"
#include "crypto/jwe.hpp"

#include <optional>

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

} // namespace sekisho::crypto
