// SPDX-License-Identifier: Apache-2.0
#pragma once
// What ECDH-ES comes to, the same for who encrypts and who decrypts (RFC 7518, 4.6). For this folder's .cpp
// files only.

#include "base/encoding.hpp"
#include "crypto/handles.hpp"
#include "crypto/jwe_algorithm.hpp"

namespace sekisho::crypto
{

// What both sides put into it. The views are of texts that live for the call.
struct agreement_terms
{
    key_management alg; // one of agreement
    content_encryption enc;
    byte_view party_u{}; // apu and apv; empty: absent
    byte_view party_v{};
};

// The key of the content, or with key wrap the one that wraps it (Concat KDF, RFC 7518, 4.6.2). To be wiped.
// Empty: the two keys do not go together.
bytes agree(EVP_PKEY& ours, EVP_PKEY& theirs, const agreement_terms& terms);

} // namespace sekisho::crypto
