// SPDX-License-Identifier: Apache-2.0
#include "http/multipart.hpp"

#include "http/fields.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "multipart";
constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_boundary = 70; // RFC 2046, 5.1.1

std::unexpected<error> malformed(std::string_view what)
{
    return fail(errc::value_malformed, where, std::string(what));
}

bool is_boundary_character(char each) noexcept
{
    const auto is_letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
    return is_letter || (each >= '0' && each <= '9') ||
           std::string_view("'()+_,-./:=? ").find(each) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) noexcept
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// `name="value"` or `name=value` among what follows a ";"; a quoted value ends at the next quote, since
// browsers write quotes inside as %22.
std::optional<std::string_view> parameter(std::string_view rest, std::string_view name)
{
    while (!rest.empty())
    {
        rest = trimmed(rest.substr(std::min(rest.find_first_not_of("; \t"), rest.size())));
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos)
            return std::nullopt;
        const auto is_it = equal_names(trimmed(rest.substr(0, equals)), name);
        rest.remove_prefix(equals + 1);
        const auto is_quoted = rest.starts_with('"');
        if (is_quoted)
            rest.remove_prefix(1);
        const auto end = is_quoted ? rest.find('"') : std::min(rest.find(';'), rest.size());
        if (end == std::string_view::npos)
            return std::nullopt;
        if (is_it)
            return is_quoted ? rest.substr(0, end) : trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + (is_quoted ? 1U : 0U), rest.size()));
    }
    return std::nullopt;
}

std::string name_before(std::string_view written)
{
    std::string name;
    for (std::size_t at = 0; at < written.size(); ++at)
    {
        const auto three = written.substr(at, 3);
        const auto meant = three == "%22" ? '"' : three == "%0D" ? '\r' : three == "%0A" ? '\n' : '\0';
        name.push_back(meant == '\0' ? written[at] : meant);
        at += meant == '\0' ? 0 : 2;
    }
    return name;
}

// The fields of one part, of which Content-Disposition counts.
result<multipart_field> read_head(std::string_view head)
{
    std::string_view disposition;
    while (!head.empty())
    {
        const auto end = std::min(head.find(line_end), head.size());
        const auto line = head.substr(0, end);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos)
            return malformed("a line of a part's head has no colon");
        if (equal_names(line.substr(0, colon), "Content-Disposition"))
            disposition = trimmed(line.substr(colon + 1));
        if (equal_names(line.substr(0, colon), "Content-Transfer-Encoding"))
            return malformed("a part has a transfer encoding"); // RFC 7578, 4.7
        head.remove_prefix(std::min(end + line_end.size(), head.size()));
    }
    const auto end = std::min(disposition.find(';'), disposition.size());
    const auto name = parameter(disposition.substr(end), "name");
    if (!equal_names(trimmed(disposition.substr(0, end)), "form-data") || !name)
        return malformed("a part is no named form-data");
    const auto file = parameter(disposition.substr(end), "filename");
    const auto is_file = file.has_value() || parameter(disposition.substr(end), "filename*").has_value();
    if (is_file && (!file || !file->empty()))
        return fail(errc::value_too_large, where, "a file");
    return multipart_field{name_before(*name), {}, is_file ? multipart_kind::no_file : multipart_kind::text};
}

result<multipart_field> read_part(std::string_view part)
{
    const auto head_end = part.find("\r\n\r\n");
    if (head_end == std::string_view::npos)
        return malformed("a part has no head");
    auto field = read_head(part.substr(0, head_end));
    if (!field)
        return field;
    field->value = part.substr(head_end + 4);
    if (field->kind == multipart_kind::no_file && !field->value.empty())
        return fail(errc::value_too_large, where, "a file without a name");
    return field;
}

} // namespace

std::string boundary_of(std::string_view content_type)
{
    const auto end = std::min(content_type.find(';'), content_type.size());
    const auto named = parameter(content_type.substr(end), "boundary").value_or("");
    const auto is_good = !named.empty() && named.size() <= longest_boundary && named.back() != ' ' &&
                         std::ranges::all_of(named, is_boundary_character);
    return is_good ? std::string(named) : std::string();
}

result<std::vector<multipart_field>>
parse_multipart(std::string_view body, std::string_view boundary, form_limits limits)
{
    if (body.size() > limits.bytes)
        return fail(errc::value_too_large, where, std::to_string(body.size()) + " bytes");
    const auto dashes = "--" + std::string(boundary);
    if (boundary.empty() || !body.starts_with(dashes)) // browsers send no preamble
        return malformed("it does not begin with its boundary");
    body.remove_prefix(dashes.size());
    const auto delimiter = std::string(line_end) + dashes;
    std::vector<multipart_field> fields;
    while (!body.starts_with("--"))
    {
        if (!body.starts_with(line_end))
            return malformed("something follows a boundary");
        if (fields.size() == limits.fields)
            return fail(
                errc::value_too_large, where, "more than " + std::to_string(limits.fields) + " fields"
            );
        body.remove_prefix(line_end.size());
        const auto end = body.find(delimiter);
        if (end == std::string_view::npos)
            return malformed("a part has no end");
        auto field = read_part(body.substr(0, end));
        if (!field)
            return std::unexpected(field.error());
        fields.push_back(std::move(*field));
        body.remove_prefix(end + delimiter.size());
    }
    if (body != "--" && body != "--\r\n")
        return malformed("something follows the end");
    return fields;
}

} // namespace sekisho::http
