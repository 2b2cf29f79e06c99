// SPDX-License-Identifier: Apache-2.0
#pragma once
// Failures that every request repeats while something is away: one line in a while at its own level, which
// counts the others; those are at debug.

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/time.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>

namespace sekisho::log
{

// Any thread.
class repetition
{
public:
    static constexpr std::chrono::seconds pause{10};

    // How many were left out since the last one that was not; nullopt: this one is left out.
    std::optional<std::size_t> turn(time_point now) noexcept;

private:
    static constexpr auto never = std::numeric_limits<std::int64_t>::min();

    std::atomic<std::int64_t> last_{never}; // seconds since the epoch
    std::atomic<std::size_t> left_out_{0};
};

// As failure(), with the number that was left out as left_out, when it is its turn; at level debug otherwise.
void failure(
    repetition& of,
    time_point now,
    std::string_view event,
    const sekisho::error& what,
    std::initializer_list<field> fields = {}
);

} // namespace sekisho::log
