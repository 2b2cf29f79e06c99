// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much one look-up in a directory may cost: it stands between a person and their page.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sekisho::directory
{

struct lookup_limits
{
    std::size_t pages = 25;                                         // of one list
    std::size_t entries = 20'000;                                   // of one list
    std::size_t bytes = 8 * 1024 * 1024;                            // of all answers together
    std::chrono::milliseconds time = std::chrono::seconds(20);      // for all calls and pauses together
    std::chrono::milliseconds call_time = std::chrono::seconds(10); // for one call
    std::uint32_t retries = 2;                                      // of all calls together
    std::chrono::milliseconds first_pause{250};                     // before a retry, then doubled
    std::chrono::milliseconds longest_pause =
        std::chrono::seconds(5); // a Retry-After above this is a refusal
};

} // namespace sekisho::directory
