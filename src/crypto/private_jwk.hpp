// SPDX-License-Identifier: Apache-2.0
#pragma once
// A private key as JWK members, in and out (RFC 7518, 6; RFC 8037, 2). For this folder's .cpp files only.

#include "base/json.hpp"
#include "base/result.hpp"
#include "crypto/handles.hpp"

#include <string>
#include <string_view>

namespace sekisho::crypto
{

// Reads kty, crv and the key's numbers and nothing else. Error: value_malformed for anything that is no
// private key, and for a private half of another public one.
result<evp_key> read_private_key(const json_object& jwk);

// kty, crv and the public numbers: what a thumbprint is made of. The key is of a kind that kind_of() knows,
// or an X25519 one.
json public_members(EVP_PKEY& key);
// The private numbers beside them.
json private_members(EVP_PKEY& key);
// Of the public half, with SHA-256 (RFC 7638).
std::string thumbprint_of(EVP_PKEY& key);

// Error: value_malformed when the JWK has another `use` than this (RFC 7517, 4.2). Without one it is for
// anything.
result<void> meant_for(const json_object& jwk, std::string_view use);

// The JWK's `kid`, or this when it has none.
result<std::string> kid_of(const json_object& jwk, std::string otherwise);

} // namespace sekisho::crypto
