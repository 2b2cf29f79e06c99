// SPDX-License-Identifier: Apache-2.0
#pragma once
// JWE in compact form (RFC 7516): taken apart strictly, decrypted with keys of ours.
// That it can be decrypted proves nothing about who made it, for our key is public: a signature inside does.

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/decryption_key.hpp"
#include "crypto/jwe_algorithm.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::crypto
{

// A JWE taken apart, nothing decrypted yet. Views point into the text that was given.
struct compact_jwe
{
    key_management alg;
    content_encryption enc;
    std::optional<std::string> kid;
    std::optional<std::string> iss; // RFC 7519, 5.3: a claim repeated in the header, not authenticated yet
    std::string_view header;        // as it came: it is authenticated with the content
    bytes party_u;                  // apu and apv; empty: absent
    bytes party_v;
    struct ephemeral; // epk, a point of its curve
    std::shared_ptr<const ephemeral> sender;
    bytes encrypted_key;
    bytes vector;
    bytes content;
    bytes tag;
};

// Whether this looks like a JWE in compact form: five parts, where a JWS has three.
bool is_encrypted(std::string_view text) noexcept;

// Five parts of strict base64url, a JSON object header without duplicate members. Refused with
// value_malformed: any `zip` or `crit`, an `alg` or `enc` that is none of ours (so also RSA1_5, and "dir"),
// an `epk` that is no point of its curve, parts of another length than the algorithms have, a text over 96
// KiB. Keys inside the header (jwk, jku, x5u, x5c) are ignored.
result<compact_jwe> take_apart_encrypted(std::string_view text);

// The content, decrypted by the key that `kid` names, or where none has that name by those that go with the
// algorithm. Errors: value_malformed at "jwe.key": none goes with it; at "jwe": not for these keys, or
// changed on the way, always the same after the same work, whichever it is (RFC 7516, 11.5).
result<secret> decrypt(const compact_jwe& jwe, std::span<const decryption_key> keys);

// `where` of the first of the two.
inline constexpr std::string_view no_decryption_key = "jwe.key";

} // namespace sekisho::crypto
