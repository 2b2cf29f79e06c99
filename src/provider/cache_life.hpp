// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long an answer says that it may be kept.

#include "http/fields.hpp"

#include <chrono>

namespace sekisho::provider
{

// max-age of Cache-Control (RFC 9111, 5.2.2.1); 0: not said, not a number, or not to be kept at all. Larger
// than a year is a year.
std::chrono::milliseconds cache_life(const http::owned_fields& fields);

} // namespace sekisho::provider
