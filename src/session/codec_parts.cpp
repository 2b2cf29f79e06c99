// SPDX-License-Identifier: Apache-2.0
#include "session/codec_parts.hpp"

#include <chrono>
#include <utility>

namespace sekisho::session
{

void writer::number(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7U)
        out_.push_back(static_cast<char>(0x80U | (value & 0x7fU)));
    out_.push_back(static_cast<char>(value));
}

void writer::text(std::string_view value)
{
    number(value.size());
    out_.append(value);
}

void writer::texts(const std::vector<std::string>& values)
{
    number(values.size());
    for (const auto& value : values)
        text(value);
}

void writer::time(time_point value) { number(static_cast<std::uint64_t>(value.time_since_epoch().count())); }

std::string writer::finish() { return std::move(out_); }

reader::reader(std::string_view encoded, char version, std::size_t max_size) : rest_(encoded)
{
    if (encoded.size() > max_size)
        stop("size");
    else if (encoded.empty() || encoded.front() != version)
        stop("version");
    else
        rest_.remove_prefix(1);
}

std::uint64_t reader::number(std::string_view what)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7)
    {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        const std::uint64_t bits = byte & 0x7fU;
        if (shift == 63 && bits > 1)
            break;
        value |= bits << shift;
        if (byte < 0x80)
        {
            if (byte == 0 && shift > 0)
                break;
            return value;
        }
    }
    return stop(what);
}

std::uint64_t reader::number_below(std::uint64_t bound, std::string_view what)
{
    const auto value = number(what);
    return value < bound ? value : stop(what);
}

std::string reader::text(std::string_view what)
{
    const auto size = number(what);
    if (size > rest_.size())
    {
        stop(what);
        return {};
    }
    std::string value(rest_.substr(0, static_cast<std::size_t>(size)));
    rest_.remove_prefix(value.size());
    return value;
}

std::vector<std::string> reader::texts(std::string_view what)
{
    std::vector<std::string> values;
    const auto count = number_below(max_items, what);
    for (std::uint64_t index = 0; index < count && fault_.empty(); ++index)
        values.push_back(text(what));
    return values;
}

time_point reader::time(std::string_view what)
{
    constexpr std::uint64_t year_10000 = 253'402'300'800;
    return time_point(std::chrono::seconds(static_cast<std::int64_t>(number_below(year_10000, what))));
}

result<void> reader::finish(std::string_view where)
{
    if (fault_.empty() && !rest_.empty())
        stop("end");
    if (fault_.empty())
        return {};
    return fail(errc::value_malformed, where, "unreadable at: " + std::string(fault_));
}

std::uint64_t reader::stop(std::string_view what)
{
    if (fault_.empty())
        fault_ = what;
    rest_ = {};
    return 0;
}

} // namespace sekisho::session
