// SPDX-License-Identifier: Apache-2.0
#pragma once
// One-time codes of authenticator apps (RFC 6238): HMAC-SHA-1, six digits, thirty seconds, which is what all
// of the apps know.

#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::emergency
{

// 160 random bits (RFC 4226, 4) in base 32 (RFC 4648, 6) without padding.
secret make_totp_secret(crypto::random_source& random);

// The code of a step (RFC 6238, 4.2). nullopt: the secret is no base 32.
std::optional<std::string> totp_code(const secret& base32, std::int64_t step);

std::int64_t totp_step(time_point now) noexcept;

// The step that `typed` is the code of: this one, the one before or the next, but none up to `last_used`, for
// a code is good once. nullopt: none. Looks at all of them, whatever it finds.
std::optional<std::int64_t>
check_totp(const secret& base32, std::string_view typed, time_point now, std::int64_t last_used);

// "otpauth://totp/…", what apps take from a QR code.
secret totp_address(const secret& base32, std::string_view site, std::string_view name);

} // namespace sekisho::emergency
