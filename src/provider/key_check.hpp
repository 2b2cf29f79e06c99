// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the provider signed, held against its keys: those that are known, and once more those that are fetched
// when none of them made the signature (Core 10.1.1).

#include "base/result.hpp"
#include "crypto/key.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "oidc/signed_claims.hpp"
#include "provider/verification_parts.hpp"

#include <functional>
#include <span>
#include <string_view>

namespace sekisho::provider
{

// Validates with these keys. May be called twice.
using key_attempt = std::function<result<oidc::claims>(std::span<const crypto::verification_key>)>;

// On `home`. A failure whose `where` is `bad_signature` (a literal) has the keys fetched again, throttled,
// and is attempted once more with what is new. A token under an algorithm that is not allowed, or keyed by
// our own secret, is no reason to ask the provider for keys. Errors: the attempt's, oidc_key_fetch_failure,
// and those of the metadata.
net::task<result<oidc::claims>> with_provider_keys(
    verification_parts parts, oidc::jwt_header header, std::string_view bad_signature, key_attempt attempt
);

} // namespace sekisho::provider
