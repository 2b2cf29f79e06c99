// SPDX-License-Identifier: Apache-2.0
#include "http/framing.hpp"

#include "http/field_name.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "framing";

struct framing_fields
{
    std::optional<std::string_view> length;
    std::optional<std::string_view> coding;
    std::string_view problem; // empty: none
};

// False: there is one already.
bool put_once(std::optional<std::string_view>& place, std::string_view value) noexcept
{
    if (place)
        return false;
    place = value;
    return true;
}

framing_fields collect(std::span<const field> fields) noexcept
{
    framing_fields found;
    for (const field& each : fields)
    {
        const bool is_length = each.name.size() == 14 && canonical_equal(each.name, "Content-Length");
        const bool is_coding = each.name.size() == 17 && canonical_equal(each.name, "Transfer-Encoding");
        if (!is_length && !is_coding)
            continue;
        if (!equal_names(each.name, is_length ? "Content-Length" : "Transfer-Encoding"))
            found.problem = "a name that an application could take for Content-Length or Transfer-Encoding";
        else if (is_length && !put_once(found.length, each.value))
            found.problem = "more than one Content-Length (RFC 9112, 6.3)";
        else if (is_coding && !put_once(found.coding, each.value))
            found.problem = "more than one Transfer-Encoding (RFC 9112, 6.1)";
    }
    return found;
}

// What the two fields say; `absent` when there is neither.
result<framing> read_fields(const framing_fields& found, int version, errc code, framing_kind absent)
{
    if (!found.problem.empty())
        return fail(code, where, std::string(found.problem));
    if (found.coding && found.length)
        return fail(code, where, "both Content-Length and Transfer-Encoding (RFC 9112, 6.1)");
    if (found.coding && version < 11)
        return fail(code, where, "Transfer-Encoding in HTTP/1.0 (RFC 9112, 6.1)");
    if (found.coding && !equal_names(*found.coding, "chunked"))
        return fail(code, where, "Transfer-Encoding is not exactly \"chunked\" (RFC 9112, 6.3)");
    if (found.coding)
        return framing{.kind = framing_kind::chunked};
    if (!found.length)
        return framing{.kind = absent};
    const auto length = parse_content_length(*found.length);
    if (!length)
        return fail(code, where, length.error().detail);
    return framing{.kind = framing_kind::length, .length = *length};
}

} // namespace

result<framing> request_framing(std::span<const field> fields, int version)
{
    return read_fields(collect(fields), version, errc::request_malformed, framing_kind::none);
}

result<framing>
response_framing(std::span<const field> fields, int version, int status, std::string_view request_method)
{
    const framing_fields found = collect(fields);
    const auto announced =
        read_fields(found, version, errc::upstream_protocol_error, framing_kind::until_close);
    if (!announced)
        return announced;
    if (status < 200 || status == 204)
    {
        // RFC 9112, 6.3, rule 1: no body, so bytes that are announced would be read as the next answer.
        if (found.coding || announced->length != 0)
            return fail(
                errc::upstream_protocol_error,
                where,
                "an answer " + std::to_string(status) + " that announces a body"
            );
        return framing{};
    }
    if (status == 304 || request_method == "HEAD")
        return framing{};
    return announced;
}

result<std::uint64_t> parse_content_length(std::string_view text)
{
    const bool is_digits =
        !text.empty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
    if (!is_digits)
        return fail(errc::value_malformed, where, "Content-Length is not plain digits (RFC 9110, 8.6)");
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || value > std::numeric_limits<std::int64_t>::max())
        return fail(errc::value_malformed, where, "Content-Length is too large");
    return value;
}

} // namespace sekisho::http
