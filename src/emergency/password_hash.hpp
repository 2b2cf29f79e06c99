// SPDX-License-Identifier: Apache-2.0
#pragma once
// Passwords as they are kept: argon2id (RFC 9106), which costs whoever steals the file memory for each guess;
// scrypt, which OpenSSL has, is older and easier on special hardware. Hides libargon2.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"

#include <string>
#include <string_view>

namespace sekisho::emergency
{

inline constexpr std::size_t least_password = 12; // characters

// "$argon2id$v=19$m=65536,t=3,p=1$…" with a new salt: 64 MiB and about a tenth of a second (RFC 9106, 4, the
// second choice, in one lane). Error: internal_error, when there is no memory for it.
result<std::string> hash_password(const secret& password, crypto::random_source& random);

// Whether it is that password. False also for a hash that is not argon2id or wants more than 256 MiB.
bool is_password(const secret& password, std::string_view hash);

// A hash that no password has: checked for a name that does not exist, so that it takes as long.
std::string_view nobodys_hash() noexcept;

} // namespace sekisho::emergency
