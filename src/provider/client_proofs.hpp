// SPDX-License-Identifier: Apache-2.0
#pragma once
// What proves us to the provider beside a shared secret, as it is configured. Plain data; the settings that
// fill it are named.

#include "crypto/key.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::provider
{

// Whom an assertion of ours is for (RFC 7523, 3).
enum class assertion_audience : std::uint8_t
{
    token_endpoint,
    issuer,
};

struct client_proofs
{
    std::string signing_key; // oidc.signing_key: a file, or a directory of them; empty: none
    std::optional<crypto::algorithm> signing_algorithm; // oidc.signing_key_algorithm; nullopt: the key's
    std::vector<crypto::algorithm> allowed; // oidc.profile: what our keys may sign with; empty: anything
    std::string signing_certificate; // oidc.signing_certificate: PEM file with those of the keys; empty: none
    std::string assertion_file;      // oidc.assertion_file; empty: none
    assertion_audience audience = assertion_audience::token_endpoint; // oidc.assertion_audience
    bool has_certificate = false; // oidc.client_certificate is set: the HTTP client presents it
    bool sends_origin = false;    // oidc.token_origin, `auto` decided by the preset
};

} // namespace sekisho::provider
