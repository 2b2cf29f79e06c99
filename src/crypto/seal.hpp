// SPDX-License-Identifier: Apache-2.0
#pragma once
// Authenticated encryption of small values (AES-256-GCM) with a ring of keys: the first seals, all open.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::crypto
{

// The keys of one purpose, derived by HKDF from secrets of any length. Immutable; may be shared between
// threads.
class key_ring
{
public:
    // `secrets`: the current one first, then those still accepted. At least one, none empty.
    // `purpose` separates uses of the same secret ("session", "sign_in").
    key_ring(const std::vector<secret>& secrets, std::string_view purpose);
    ~key_ring();
    key_ring(const key_ring&);
    key_ring(key_ring&&) noexcept;
    key_ring& operator=(const key_ring&);
    key_ring& operator=(key_ring&&) noexcept;

    // base64url of: version, key id, 96 random bits of nonce, ciphertext, tag. `bound_to` (for instance the
    // cookie's name) is authenticated with the purpose, not contained.
    std::string seal(std::string_view plain, std::string_view bound_to, random_source& random) const;
    // Error: value_malformed, always the same whatever is wrong, after the same work.
    result<std::string> open(std::string_view sealed, std::string_view bound_to) const;

    // How long seal()'s text is for a plain text of this many bytes.
    static std::size_t sealed_size(std::size_t plain_size) noexcept;

private:
    struct entry
    {
        std::array<std::byte, 32> key;
        std::array<std::byte, 4> id; // of the secret, so that opening tries one key
    };
    std::vector<entry> entries_;
    std::string purpose_;
};

} // namespace sekisho::crypto
