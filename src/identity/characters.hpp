// SPDX-License-Identifier: Apache-2.0
#pragma once
// Characters that decide whether a text can name somebody.

#include <string>
#include <string_view>

namespace sekisho::identity
{

// Whether there is nothing in it but spaces of any kind and characters that nobody sees. Also true for "".
bool is_blank(std::string_view text) noexcept;

// Whether it holds a character that nobody sees or that changes the order of others: two names that look the
// same would be two people. The joiners of Persian and Indic scripts (U+200C, U+200D) are none.
bool has_invisible(std::string_view text) noexcept;

// ASCII letters only: what other letters' lower case is depends on a language.
std::string lower_case(std::string_view text);

// Without ASCII spaces at its ends.
std::string_view trimmed(std::string_view text) noexcept;

} // namespace sekisho::identity
