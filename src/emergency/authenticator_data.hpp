// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an authenticator signs (WebAuthn Level 2, 6.1).

#include "emergency/cose_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace sekisho::emergency
{

// The public key and id of a new passkey (6.5.1).
struct attested_credential
{
    std::array<std::byte, 16> model{}; // the AAGUID
    bytes id;                          // 1 to 1023 bytes
    public_key key;
};

struct authenticator_data
{
    std::array<std::byte, 32> rp_id_hash{};
    bool is_user_present = false;  // UP
    bool is_user_verified = false; // UV
    std::uint32_t counter = 0;
    std::optional<attested_credential> credential;
};

// Strict: every length, the extensions where the flags say so, and nothing behind. Error: value_malformed.
result<authenticator_data> parse_authenticator_data(byte_view data);

} // namespace sekisho::emergency
