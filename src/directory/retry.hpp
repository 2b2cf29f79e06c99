// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a refused call is worth another try, and after which pause. Pure.

#include "base/time.hpp"
#include "directory/lookup_limits.hpp"
#include "net/http_client.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace sekisho::directory
{

// Whether the answer says "too many": 429, or what GitHub says with 403.
bool is_rate_limit(const net::incoming_response& answer);

// The pause before the next try; nullopt: none is worth it. Only 429, 502, 503 and 504 are tried again,
// `tried` counts the retries so far, `jitter` is in [0, 1). A Retry-After (seconds, or a date) is waited for
// in full, unless it is longer than longest_pause.
std::optional<std::chrono::milliseconds> pause_before_retry(
    const net::incoming_response& answer,
    std::uint32_t tried,
    double jitter,
    const lookup_limits& limits,
    time_point now
);

// What a rate-limited answer says about when it ends ("it says to try again after 3600 s"); empty: nothing.
std::string rate_limit_end(const net::incoming_response& answer, time_point now);

} // namespace sekisho::directory
