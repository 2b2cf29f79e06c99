// SPDX-License-Identifier: Apache-2.0
#pragma once
// JWS in compact form (RFC 7515): taken apart strictly, verified with a key chosen by the caller.
// Verification is ours on EVP with keys parsed once; the algorithm comes from an allow-list and is pinned to
// the key's type and curve.

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "crypto/key.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::crypto
{

// A JWS taken apart, nothing verified yet. Views point into the text that was given.
struct compact_jws
{
    algorithm alg;
    std::optional<std::string> kid;
    std::optional<std::string> typ;
    std::string_view signing_input; // "header.payload"
    bytes payload;
    bytes signature;
};

// Three parts of strict base64url, a JSON object header without duplicate members. Refused with
// value_malformed: any `crit`, `b64`, a missing or unknown `alg` (so also "none", any case), a text over 64
// KiB. Keys inside the header (jwk, jku, x5u, x5c) are ignored: they are never a reason to trust anything.
result<compact_jws> take_apart(std::string_view text);

// Whether the key made this signature. False also when the key's type or curve does not go with the
// algorithm, or when its `alg` names another one.
bool verify(const compact_jws& jws, const verification_key& key);

} // namespace sekisho::crypto
