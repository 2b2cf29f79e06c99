// SPDX-License-Identifier: Apache-2.0
#include "identity/characters.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace sekisho::identity
{
namespace
{

// First and last code point.
struct range
{
    char32_t first;
    char32_t last;
};

constexpr std::array spaces{
    range{0x20, 0x20},
    range{0xa0, 0xa0},
    range{0x1680, 0x1680},
    range{0x2000, 0x200a},
    range{0x2028, 0x2029},
    range{0x202f, 0x202f},
    range{0x205f, 0x205f},
    range{0x2800, 0x2800}, // a Braille pattern without dots
    range{0x3000, 0x3000},
    range{0x3164, 0x3164}, // a Hangul filler
};

constexpr std::array invisible{
    range{0xad, 0xad},       // soft hyphen
    range{0x200b, 0x200b},   // zero width space
    range{0x200e, 0x200f},   // direction marks
    range{0x202a, 0x202e},   // embeddings and overrides
    range{0x2060, 0x2064},   // word joiner, invisible operators
    range{0x2066, 0x2069},   // isolates
    range{0xfeff, 0xfeff},   // byte order mark
    range{0xe0000, 0xe007f}, // tags
};

constexpr std::array joiners{range{0x200c, 0x200d}};

template <class Ranges>
bool is_among(char32_t code_point, const Ranges& ranges) noexcept
{
    return std::ranges::any_of(
        ranges, [&](range each) { return code_point >= each.first && code_point <= each.last; }
    );
}

// Of well-formed UTF-8. Takes the code point off; a broken one reads as U+FFFD.
char32_t take_code_point(std::string_view& rest) noexcept
{
    const auto lead = static_cast<unsigned char>(rest.front());
    const std::size_t size = lead < 0x80 ? 1U : lead < 0xe0 ? 2U : lead < 0xf0 ? 3U : 4U;
    if (size > rest.size())
    {
        rest = {};
        return 0xfffd;
    }
    char32_t code_point = size == 1 ? lead : lead & (0x7fU >> size);
    for (std::size_t at = 1; at < size; ++at)
        code_point = (code_point << 6U) | (static_cast<unsigned char>(rest[at]) & 0x3fU);
    rest.remove_prefix(size);
    return code_point;
}

} // namespace

bool is_blank(std::string_view text) noexcept
{
    while (!text.empty())
    {
        const auto code_point = take_code_point(text);
        if (!is_among(code_point, spaces) && !is_among(code_point, invisible) &&
            !is_among(code_point, joiners))
            return false;
    }
    return true;
}

bool has_invisible(std::string_view text) noexcept
{
    while (!text.empty())
        if (is_among(take_code_point(text), invisible))
            return true;
    return false;
}

std::string lower_case(std::string_view text)
{
    std::string out(text);
    for (char& character : out)
        if (character >= 'A' && character <= 'Z')
            character = static_cast<char>(character | 0x20);
    return out;
}

std::string_view trimmed(std::string_view text) noexcept
{
    const auto last = text.find_last_not_of(' ');
    if (last == std::string_view::npos)
        return {};
    text = text.substr(0, last + 1);
    return text.substr(text.find_first_not_of(' '));
}

} // namespace sekisho::identity
