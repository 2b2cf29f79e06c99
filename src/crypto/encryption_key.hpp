// SPDX-License-Identifier: Apache-2.0
#pragma once
// Public keys that we encrypt to: of a provider, from its key set (RFC 7517; RFC 7518, 4; RFC 8037, 3.2).

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/jwe_algorithm.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::crypto
{

// One key. Immutable and cheap to copy; may be used by several threads at once.
class encryption_key
{
public:
    // RSA of 2048 to 8192 bits, P-256, P-384, P-521 and X25519; private members are ignored. Error:
    // value_malformed with the reason: a `use` other than "enc" or none (a set that signs too must say it,
    // Core 10.2), `key_ops` that do not let one encrypt, an `alg` that is none of ours or does not go with
    // the key, a point off its curve.
    static result<encryption_key> from_jwk(const json& jwk);

    const std::optional<std::string>& kid() const noexcept { return kid_; }
    const std::optional<key_management>& alg() const noexcept { return alg_; } // what the JWK says it is for
    // "RSA", "P-256", "P-384", "P-521" or "X25519".
    std::string_view family() const noexcept { return family_; }
    // Whether it goes with this, by its kind, and by alg() where that is bound.
    bool takes(key_management alg) const noexcept;

    // When it begins to be good and when it ends, by its `nbf` and `exp`; nullopt: not said.
    const std::optional<time_point>& not_before() const noexcept { return not_before_; }
    const std::optional<time_point>& expiry() const noexcept { return expiry_; }

    struct native; // the EVP_PKEY
    const native& handle() const noexcept { return *native_; }

private:
    encryption_key() = default;
    result<void> read_purpose(const json_object& jwk);

    std::optional<std::string> kid_;
    std::optional<key_management> alg_;
    std::string_view family_;
    std::optional<time_point> not_before_;
    std::optional<time_point> expiry_;
    std::shared_ptr<const native> native_;
};

} // namespace sekisho::crypto
