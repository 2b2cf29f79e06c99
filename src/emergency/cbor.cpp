// SPDX-License-Identifier: Apache-2.0
#include "emergency/cbor.hpp"

#include <limits>
#include <string>

namespace sekisho::emergency
{
namespace
{

constexpr std::uint64_t most_pairs = 32;
constexpr int most_levels = 4;

enum kinds : unsigned
{
    positive = 0,
    negative = 1,
    octet_string = 2,
    text_string = 3,
    array = 4,
    pairs = 5,
    simple = 7,
};

std::unexpected<error> malformed(std::string_view what)
{
    return fail(errc::value_malformed, "cbor", std::string(what));
}

} // namespace

result<cbor_reader::head> cbor_reader::next()
{
    if (data_.empty())
        return malformed("it ends where an item is expected");
    const auto first = std::to_integer<unsigned>(data_.front());
    data_ = data_.subspan(1);
    head read{first >> 5U, first & 0x1fU};
    if (read.argument < 24)
        return read;
    if (read.argument > 27) // reserved, or of indefinite length
        return malformed("an item of indefinite length, or of a kind that does not exist");
    const auto width = std::size_t{1} << (read.argument - 24);
    if (data_.size() < width)
        return malformed("it ends within a number");
    read.argument = 0;
    for (const auto each : data_.first(width))
        read.argument = read.argument << 8U | std::to_integer<std::uint64_t>(each);
    data_ = data_.subspan(width);
    const auto fits_shorter = width == 1 ? read.argument < 24 : read.argument >> (width * 4) == 0;
    if (fits_shorter)
        return malformed("a number that is written longer than it has to be");
    return read;
}

result<cbor_reader::head> cbor_reader::expect(unsigned kind, std::string_view what)
{
    auto read = next();
    if (read && read->kind != kind)
        return malformed("expected " + std::string(what));
    return read;
}

result<byte_view> cbor_reader::take(std::uint64_t size)
{
    if (size > data_.size())
        return malformed("a string that is longer than what there is");
    const auto taken = data_.first(static_cast<std::size_t>(size));
    data_ = data_.subspan(taken.size());
    return taken;
}

bool cbor_reader::is_integer_next() const noexcept
{
    return !data_.empty() && std::to_integer<unsigned>(data_.front()) >> 5U <= negative;
}

result<std::int64_t> cbor_reader::integer()
{
    const auto read = next();
    if (!read)
        return std::unexpected(read.error());
    if (read->kind > negative)
        return malformed("expected a number");
    if (read->argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return malformed("a number that is too large");
    const auto value = static_cast<std::int64_t>(read->argument);
    return read->kind == positive ? value : -1 - value;
}

result<byte_view> cbor_reader::octets()
{
    const auto read = expect(octet_string, "a byte string");
    if (!read)
        return std::unexpected(read.error());
    return take(read->argument);
}

result<std::string_view> cbor_reader::text()
{
    const auto read = expect(text_string, "a text");
    if (!read)
        return std::unexpected(read.error());
    const auto taken = take(read->argument);
    if (!taken)
        return std::unexpected(taken.error());
    if (!is_utf8(as_text(*taken)))
        return malformed("a text that is not UTF-8");
    return as_text(*taken);
}

result<std::size_t> cbor_reader::map()
{
    const auto read = expect(pairs, "a map");
    if (!read)
        return std::unexpected(read.error());
    if (read->argument > most_pairs)
        return malformed("a map of more than 32 pairs");
    return static_cast<std::size_t>(read->argument);
}

result<void> cbor_reader::pass_over() { return skip_within(most_levels); }

result<void> cbor_reader::skip_within(int levels)
{
    if (levels == 0)
        return malformed("more than four levels");
    const auto read = next();
    if (!read)
        return std::unexpected(read.error());
    if (read->kind == octet_string || read->kind == text_string)
    {
        if (const auto taken = take(read->argument); !taken)
            return std::unexpected(taken.error());
        return {};
    }
    if (read->kind != array && read->kind != pairs)
        return read->kind <= negative || read->kind == simple ? result<void>() : malformed("a tag");
    if (read->argument > most_pairs)
        return malformed("more than 32 items in one");
    const auto items = read->argument * (read->kind == pairs ? 2 : 1);
    for (std::uint64_t index = 0; index < items; ++index)
        if (const auto inner = skip_within(levels - 1); !inner)
            return inner;
    return {};
}

} // namespace sekisho::emergency
