// SPDX-License-Identifier: Apache-2.0
#include "http/chunked.hpp"

#include "http/head_reader.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "chunked";
constexpr std::size_t longest_size_line = 256;

// Where a line that ends with CRLF ends, CRLF included; 0: it has not all arrived. Error: a bare LF, another
// control character, or a line that is too long.
result<std::size_t> line_end(std::string_view arrived)
{
    const std::size_t limit = std::min(arrived.size(), longest_size_line);
    for (std::size_t at = 0; at < limit; ++at)
    {
        const auto each = static_cast<unsigned char>(arrived[at]);
        if (each == '\r')
        {
            if (at + 1 == arrived.size())
                return 0;
            if (arrived[at + 1] != '\n')
                return fail(errc::value_malformed, where, "a bare CR in a chunk's size");
            return at + 2;
        }
        if ((each < 0x20 && each != '\t') || each >= 0x7f)
            return fail(errc::value_malformed, where, "a control character in a chunk's size");
    }
    if (arrived.size() >= longest_size_line)
        return fail(errc::value_malformed, where, "a chunk's size line is too long");
    return 0;
}

} // namespace

result<std::size_t> chunked_reader::read_size_line(std::string_view arrived)
{
    const auto end = line_end(arrived);
    if (!end || *end == 0)
        return end;
    const std::string_view line = arrived.substr(0, *end - 2);
    const auto [behind, failure] = std::from_chars(line.data(), line.data() + line.size(), left_, 16);
    // from_chars takes a minus sign even for unsigned types of some libraries; a digit must come first
    // anyway.
    if (failure != std::errc() || line.front() == '-' || left_ > (std::uint64_t(1) << 62))
        return fail(errc::value_malformed, where, "a chunk's size is no hexadecimal number");
    std::string_view rest = line.substr(static_cast<std::size_t>(behind - line.data()));
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t'))
        rest.remove_prefix(1);
    if (rest.size() + static_cast<std::size_t>(behind - line.data()) != line.size() && rest.empty())
        return fail(errc::value_malformed, where, "white space behind a chunk's size");
    if (!rest.empty() && rest.front() != ';')
        return fail(errc::value_malformed, where, "something else than an extension behind a chunk's size");
    state_ = left_ == 0 ? state::trailers : state::data;
    return end;
}

result<std::size_t> chunked_reader::read_data_end(std::string_view arrived)
{
    if (arrived.front() != '\r' || (arrived.size() > 1 && arrived[1] != '\n'))
        return fail(errc::value_malformed, where, "a chunk is longer than its size");
    if (arrived.size() < 2)
        return 0;
    state_ = state::size_line;
    return 2;
}

result<std::size_t> chunked_reader::read_trailers(
    std::string_view arrived, std::vector<field>& trailers, std::size_t most_trailers
)
{
    std::size_t end = 2;
    if (!arrived.starts_with("\r\n"))
    {
        const std::size_t blank = arrived.find("\r\n\r\n");
        if (blank == std::string_view::npos)
            return 0;
        end = blank + 4;
    }
    if (auto read = read_field_lines(arrived.substr(0, end), trailers, most_trailers); !read)
        return std::unexpected(read.error());
    state_ = state::done;
    return end;
}

result<std::size_t> chunked_reader::read_framing(
    std::string_view arrived, std::vector<field>& trailers, std::size_t most_trailers
)
{
    switch (state_)
    {
    case state::size_line:
        return read_size_line(arrived);
    case state::data_end:
        return read_data_end(arrived);
    case state::trailers:
        return read_trailers(arrived, trailers, most_trailers);
    default:
        return 0;
    }
}

result<chunked_reader::piece>
chunked_reader::read(std::span<const char> arrived, std::vector<field>& trailers, std::size_t most_trailers)
{
    piece made;
    while (state_ != state::done && made.used < arrived.size())
    {
        const auto rest = arrived.subspan(made.used);
        if (state_ == state::data)
        {
            made.data = rest.first(static_cast<std::size_t>(std::min<std::uint64_t>(left_, rest.size())));
            made.used += made.data.size();
            left_ -= made.data.size();
            if (left_ == 0)
                state_ = state::data_end;
            return made;
        }
        const auto taken = read_framing({rest.data(), rest.size()}, trailers, most_trailers);
        if (!taken)
            return std::unexpected(taken.error());
        if (*taken == 0)
            break;
        made.used += *taken;
    }
    return made;
}

} // namespace sekisho::http
