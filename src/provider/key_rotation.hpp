// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which of our keys signs, which are published, which are done with. Pure; `now` is an argument.
//
// A key is published as soon as it is there and signs from a time of its own. Who checks our assertions has
// then seen it before it is used. When its successor signs it stays published until what it signed is dead.

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace sekisho::provider
{

// How long a next key is published before it signs, unless told otherwise: providers keep the keys of their
// clients for minutes up to an hour.
inline constexpr std::chrono::seconds publication_time = 1h;
// How long a key stays published after its last assertion could be signed: the assertion's life, with room
// for clocks and queues.
inline constexpr std::chrono::seconds farewell_time = 10min;

// Since when a key signs; nullopt: since ever, and it is done with only when a dated one follows it.
using signing_start = std::optional<time_point>;

// Indexes into the keys.
struct rotation
{
    std::optional<std::size_t> signing; // none only when there are no keys
    std::vector<std::size_t> next;      // published, to sign later
    std::vector<std::size_t> leaving;   // published, sign no more
    std::vector<std::size_t> retired;   // not published any more
};

// Of two that start at the same time the later in the list is the newer. When all start later, the first of
// them signs already: one has to.
rotation plan_rotation(std::span<const signing_start> keys, time_point now);

} // namespace sekisho::provider
