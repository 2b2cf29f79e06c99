// SPDX-License-Identifier: Apache-2.0
#pragma once
// A provider's signing keys (RFC 7517, 5). Unusable keys are skipped with a reason, never fatal.

#include "base/result.hpp"
#include "crypto/key.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

// Immutable.
class key_set
{
public:
    // Error: oidc_key_fetch_failure when it is no JWK set or no key of it is usable; the detail has the
    // reasons.
    static result<key_set> parse(std::string_view document);

    // The keys that may have made a signature: those the algorithm goes with; with a kid only those of
    // exactly that kid, without one all that fit (Core 10.1). Empty: none, which is the moment to fetch the
    // set again.
    std::vector<crypto::verification_key>
    choose(const std::optional<std::string>& kid, crypto::algorithm alg) const;

    const std::vector<crypto::verification_key>& keys() const noexcept { return keys_; }
    // One sentence per key that was left out.
    const std::vector<std::string>& skipped() const noexcept { return skipped_; }

private:
    std::vector<crypto::verification_key> keys_;
    std::vector<std::string> skipped_;
};

} // namespace sekisho::oidc
