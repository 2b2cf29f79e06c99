// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about each code: docs/errors.md and `sekisho check` are made from it.

#include "base/error.hpp"
#include "pages/language.hpp"

#include <span>
#include <string_view>

namespace sekisho::pages
{

struct guide_row
{
    errc code;
    std::string_view causes; // what usually lies behind it, sentences of Markdown
    std::string_view remedy; // what to change, and where
};

// All rows in Japanese, in the order of the enumeration.
std::span<const guide_row> japanese_guide();

// The row of a code; that of internal_error when the code is never shown to a client.
const guide_row& guide(errc code, language in = language::en);

} // namespace sekisho::pages
