// SPDX-License-Identifier: Apache-2.0
#pragma once
// Opens the test page for a short while to whoever can read the settings: when nobody can sign in, nobody can
// prove to be an administrator either. `sekisho check` prints one.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

inline constexpr std::string_view test_ticket_purpose = "test_ticket"; // of the key ring
inline constexpr std::chrono::seconds test_ticket_lifetime = std::chrono::minutes(10);

// `keys`: a ring of test_ticket_purpose.
std::string make_test_ticket(const crypto::key_ring& keys, time_point now, crypto::random_source& random);

// That a ticket is ours, and not older than its lifetime. Error: access_denied; the detail says what to do.
result<void> check_test_ticket(const crypto::key_ring& keys, std::string_view ticket, time_point now);

} // namespace sekisho::gateway
