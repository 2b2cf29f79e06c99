// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"

#include <array>
#include <cstdint>
#include <fmt/format.h>

namespace sekisho
{
namespace
{

using alphabet = std::array<char, 64>;

constexpr alphabet make_alphabet(char second_last, char last)
{
    alphabet made{};
    for (std::size_t index = 0; index < 26; ++index)
    {
        made.at(index) = static_cast<char>('A' + index);
        made.at(index + 26) = static_cast<char>('a' + index);
    }
    for (std::size_t index = 0; index < 10; ++index)
        made.at(index + 52) = static_cast<char>('0' + index);
    made[62] = second_last;
    made[63] = last;
    return made;
}

constexpr std::uint8_t no_digit = 0xff;
using digits = std::array<std::uint8_t, 256>;

constexpr digits values_of(const alphabet& letters)
{
    digits made{};
    made.fill(no_digit);
    for (std::size_t index = 0; index < letters.size(); ++index)
        made.at(static_cast<unsigned char>(letters.at(index))) = static_cast<std::uint8_t>(index);
    return made;
}

constexpr alphabet plain_letters = make_alphabet('+', '/');
constexpr alphabet url_letters = make_alphabet('-', '_');
constexpr digits plain_values = values_of(plain_letters);
constexpr digits url_values = values_of(url_letters);

std::string encode(byte_view data, const alphabet& letters)
{
    std::string out;
    out.reserve((data.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const auto each : data)
    {
        bits = (bits << 8) | std::to_integer<std::uint32_t>(each);
        for (count += 8; count >= 6; count -= 6)
            out.push_back(letters[(bits >> (count - 6)) & 63]);
    }
    if (count > 0)
        out.push_back(letters[(bits << (6 - count)) & 63]);
    return out;
}

std::unexpected<error> refused(std::string_view where, std::size_t position, std::string_view reason)
{
    return fail(errc::value_malformed, where, fmt::format("{} at byte {}", reason, position));
}

// Without padding; the bits of the last letter that carry nothing must be zero.
result<bytes> decode(std::string_view text, const digits& values, std::string_view where)
{
    if (text.size() % 4 == 1)
        return refused(where, text.size(), "one letter too few");
    bytes out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (std::size_t index = 0; index < text.size(); ++index)
    {
        const auto value = values[static_cast<unsigned char>(text[index])];
        if (value == no_digit)
            return refused(where, index, "a character outside the alphabet");
        bits = (bits << 6) | value;
        count += 6;
        if (count >= 8)
        {
            count -= 8;
            out.push_back(static_cast<std::byte>((bits >> count) & 0xff));
        }
    }
    if ((bits & ((1U << count) - 1)) != 0)
        return refused(where, text.size(), "trailing bits that are not zero");
    return out;
}

constexpr std::string_view lower_digits = "0123456789abcdef";
constexpr std::string_view upper_digits = "0123456789ABCDEF";

constexpr bool is_alphanumeric(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

void append_escaped(std::string& out, char c)
{
    const auto value = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(upper_digits[value >> 4]);
    out.push_back(upper_digits[value & 15]);
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

result<std::string> decode_escapes(std::string_view text, char space, std::string_view where)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t index = 0; index < text.size(); ++index)
    {
        if (text[index] == space)
            out.push_back(' ');
        else if (text[index] != '%')
            out.push_back(text[index]);
        else
        {
            const auto high = index + 2 < text.size() ? hex_value(text[index + 1]) : -1;
            const auto low = index + 2 < text.size() ? hex_value(text[index + 2]) : -1;
            if (high < 0 || low < 0)
                return refused(where, index, "% without two hexadecimal digits");
            out.push_back(static_cast<char>(high * 16 + low));
            index += 2;
        }
    }
    return out;
}

// How many bytes the code point at the start has; 0: not well-formed (Unicode 15, table 3-7).
std::size_t code_point_size(std::string_view text) noexcept
{
    const auto at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const auto continues = [&](std::size_t index)
    { return index < text.size() && (at(index) & 0xc0) == 0x80; };
    const auto first = at(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return continues(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
    {
        if (!continues(1) || !continues(2))
            return 0;
        const bool overlong = first == 0xe0 && at(1) < 0xa0;
        const bool surrogate = first == 0xed && at(1) > 0x9f;
        return overlong || surrogate ? 0 : 3;
    }
    if (first < 0xf0 || first > 0xf4 || !continues(1) || !continues(2) || !continues(3))
        return 0;
    const bool overlong = first == 0xf0 && at(1) < 0x90;
    const bool too_large = first == 0xf4 && at(1) > 0x8f;
    return overlong || too_large ? 0 : 4;
}

} // namespace

byte_view as_bytes(std::string_view text) noexcept
{
    return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

std::string_view as_text(byte_view data) noexcept
{
    return {reinterpret_cast<const char*>(data.data()), data.size()};
}

std::string base64url_encode(byte_view data) { return encode(data, url_letters); }

result<bytes> base64url_decode(std::string_view text) { return decode(text, url_values, "base64url"); }

std::string base64_encode(byte_view data)
{
    auto out = encode(data, plain_letters);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

result<bytes> base64_decode(std::string_view text)
{
    if (text.size() % 4 != 0)
        return refused("base64", text.size(), "a length that is no multiple of four");
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    return decode(text.substr(0, text.size() - padding), plain_values, "base64");
}

std::string hex_encode(byte_view data)
{
    std::string out;
    out.reserve(data.size() * 2);
    for (const auto each : data)
    {
        out.push_back(lower_digits[std::to_integer<std::size_t>(each >> 4)]);
        out.push_back(lower_digits[std::to_integer<std::size_t>(each & std::byte{15})]);
    }
    return out;
}

std::string percent_encode(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~')
            out.push_back(c);
        else
            append_escaped(out, c);
    return out;
}

result<std::string> percent_decode(std::string_view text)
{
    return decode_escapes(text, ' ', "percent encoding");
}

std::string form_encode(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '*')
            out.push_back(c);
        else if (c == ' ')
            out.push_back('+');
        else
            append_escaped(out, c);
    return out;
}

result<std::string> form_decode(std::string_view text) { return decode_escapes(text, '+', "form encoding"); }

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty())
    {
        const auto size = code_point_size(text);
        if (size == 0)
            return false;
        text.remove_prefix(size);
    }
    return true;
}

} // namespace sekisho
