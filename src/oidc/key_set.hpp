// SPDX-License-Identifier: Apache-2.0
#pragma once
// A provider's keys, those that sign and those that we encrypt to (RFC 7517, 5). Unusable keys are skipped
// with a reason, never fatal.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/encryption_key.hpp"
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
    // Error: oidc_key_fetch_failure when it is no JWK set or no key of it verifies signatures; the
    // detail has the reasons.
    static result<key_set> parse(std::string_view document);

    // The text of a file that somebody chose: a JWK set, a single JWK, or public keys and certificates in
    // PEM, one after the other. PEM has no kid, so a key of such a file that has none may have made any
    // signature. Error: value_malformed with the reason; a PEM block that is no usable key is refused, not
    // skipped.
    static result<key_set> from_file(std::string_view text);

    // The keys that may have made a signature: those the algorithm goes with; with a kid only those of
    // exactly that kid, without one all that fit (Core 10.1). Empty: none, which is the moment to fetch the
    // set again.
    std::vector<crypto::verification_key>
    choose(const std::optional<std::string>& kid, crypto::algorithm alg) const;

    const std::vector<crypto::verification_key>& keys() const noexcept { return keys_; }
    // Those whose `use` is "enc" and that we could encrypt to, in the order of the set: none of keys().
    const std::vector<crypto::encryption_key>& encryption_keys() const noexcept { return encryption_keys_; }
    // One sentence per key that was left out of keys().
    const std::vector<std::string>& skipped() const noexcept { return skipped_; }

    // When the set is no longer to be used, by its own signed `exp`; nullopt: it does not say.
    const std::optional<time_point>& expiry() const noexcept { return expiry_; }
    key_set expiring(std::optional<time_point> when) const;
    // The same without keys of this kind, with a sentence for each (`why`: "oidc.profile allows no Ed448").
    key_set without(crypto::key_kind kind, std::string_view why) const;

private:
    static result<key_set> from_pem(std::string_view text);
    bool may_have(const crypto::verification_key& key, const std::optional<std::string>& kid) const
    {
        return !kid || key.kid() == kid || (unnamed_fit_all_ && !key.kid());
    }

    std::vector<crypto::verification_key> keys_;
    std::vector<crypto::encryption_key> encryption_keys_;
    std::vector<std::string> skipped_;
    bool unnamed_fit_all_ = false;
    std::optional<time_point> expiry_;
};

} // namespace sekisho::oidc
