// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho session list` prints. Pure.

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::app
{

// The admin listener's answer to GET /sessions as a table in its order: times in UTC, ages at `now`, nothing
// in it that moves a terminal's cursor. nullopt: it is no such answer.
std::optional<std::string> session_table(std::string_view answer, time_point now);

} // namespace sekisho::app
