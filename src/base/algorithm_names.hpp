// SPDX-License-Identifier: Apache-2.0
#pragma once
// The signature algorithms that we know, by their names: one list for settings, crypto and tests.

#include <array>
#include <span>
#include <string_view>

namespace sekisho
{

// RFC 7518, 3.1, RFC 8037 and RFC 9864, in the order of crypto::algorithm: those of key pairs first.
inline constexpr std::array<std::string_view, 15> signature_algorithms{
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
    "Ed448",
    "HS256",
    "HS384",
    "HS512",
};

// Without those that are keyed by a shared secret.
inline constexpr auto key_pair_algorithms = std::span(signature_algorithms).first<12>();

} // namespace sekisho
