// SPDX-License-Identifier: Apache-2.0
#pragma once
// The algorithms of encrypted tokens that we decrypt (RFC 7518, 4.1 and 5.1).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::crypto
{

// How the key of the content reaches us. RSA1_5 is left out: who can ask often enough decrypts with it
// (Bleichenbacher; RFC 8017, 7.2), and so are passwords and shared secrets, which a provider has no use for.
enum class key_management : std::uint8_t
{
    rsa_oaep,
    rsa_oaep_256,
    ecdh_es,
    ecdh_es_a128kw,
    ecdh_es_a256kw,
};

enum class content_encryption : std::uint8_t
{
    a128gcm,
    a256gcm,
    a128cbc_hs256,
    a256cbc_hs512,
};

std::string_view name(key_management alg) noexcept;                                // "RSA-OAEP-256"
std::string_view name(content_encryption enc) noexcept;                            // "A256GCM"
std::optional<key_management> find_key_management(std::string_view name) noexcept; // exact case
std::optional<content_encryption> find_content_encryption(std::string_view name) noexcept;
// All of them, in a sentence: "RSA-OAEP, RSA-OAEP-256, …".
std::string key_management_names();
std::string content_encryption_names();

bool is_agreement(key_management alg) noexcept; // ECDH-ES, alone or with key wrap

// In bytes, of the key, the initialization vector and the tag that go with it.
struct content_sizes
{
    std::size_t key;
    std::size_t vector;
    std::size_t tag;
};
content_sizes sizes_of(content_encryption enc) noexcept;

} // namespace sekisho::crypto
