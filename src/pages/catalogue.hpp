// SPDX-License-Identifier: Apache-2.0
#pragma once
// One catalogue per language; catalogue_<language>.cpp and catalogue_<language>_errors.cpp hold nothing but
// words.

#include "pages/language.hpp"

#include <span>
#include <string_view>

namespace sekisho::pages
{

struct text_row
{
    text_key key;
    std::string_view text;
};

struct catalogue
{
    std::span<const error_words> errors; // one row per shown code, in the order of the enumeration
    std::span<const text_row> texts;     // one row per key, in the order of the enumeration
};

// The part of a catalogue that is about errors.
std::span<const error_words> english_errors();
std::span<const error_words> japanese_errors();

const catalogue& english();
const catalogue& japanese();

} // namespace sekisho::pages
