// SPDX-License-Identifier: Apache-2.0
#pragma once
// How an event is written down, in either form. Pure; log.hpp has the times and the output.

#include "base/log.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::log
{

// One line without its newline. `when` is microseconds since the epoch, written in milliseconds. Whatever a
// value holds, the line stays one line and one JSON object: control characters, quotes and broken UTF-8 are
// escaped.
std::string
render_line(format form, std::int64_t when, level at, std::string_view event, std::span<const field> fields);

// One value as such a line has it: quoted and escaped where the form needs it.
void append_text(std::string& out, format form, std::string_view text);

} // namespace sekisho::log
