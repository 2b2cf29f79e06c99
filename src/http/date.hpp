// SPDX-License-Identifier: Apache-2.0
#pragma once
// Dates as HTTP writes them: IMF-fixdate (RFC 9110, 5.6.7).

#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <string_view>

namespace sekisho::http
{

// "Sun, 06 Nov 1994 08:49:37 GMT", always 29 characters.
struct date_text
{
    std::array<char, 29> characters;
    std::string_view view() const noexcept { return {characters.data(), characters.size()}; }
};

// Years 0 to 9999.
date_text format_date(time_point when) noexcept;

// Strict: that form only, the weekday must be right. Error: value_malformed.
result<time_point> parse_date(std::string_view text);

} // namespace sekisho::http
