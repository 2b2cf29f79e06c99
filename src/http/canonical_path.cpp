// SPDX-License-Identifier: Apache-2.0
#include "http/canonical_path.hpp"

#include <algorithm>
#include <array>

namespace sekisho::http
{
namespace
{

enum class kind : std::uint8_t
{
    refused, // cannot be in a target at all
    plain,
    dot,
    percent,
    question,
    backslash, // a slash to browsers and to Windows
};

constexpr std::array<kind, 256> kinds = []
{
    std::array<kind, 256> table{};
    for (unsigned each = 0x21; each < 0x7f; ++each)
        table[each] = kind::plain;
    table['#'] = kind::refused; // a fragment never travels (RFC 9112, 3.2)
    table['.'] = kind::dot;
    table['%'] = kind::percent;
    table['?'] = kind::question;
    table['\\'] = kind::backslash;
    return table;
}();

kind kind_of(char character) noexcept { return kinds[static_cast<unsigned char>(character)]; }

constexpr bool is_unreserved(unsigned char byte) noexcept // RFC 3986, 2.3
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

constexpr int hex_value(char digit) noexcept
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

// The byte of "%XX" at the beginning of `text`; -1: no valid escape.
int escaped_byte(std::string_view text) noexcept
{
    if (text.size() < 3 || text[0] != '%' || hex_value(text[1]) < 0 || hex_value(text[2]) < 0)
        return -1;
    return hex_value(text[1]) * 16 + hex_value(text[2]);
}

constexpr bool is_slash(int byte) noexcept { return byte == '/' || byte == '\\'; }

// What is wrong with the escape at the beginning of `text`; empty: nothing.
std::string_view escape_problem(std::string_view text, encoded_slash slashes) noexcept
{
    const int byte = escaped_byte(text);
    if (byte < 0)
        return "the path has a broken percent-escape";
    if (byte == 0)
        return "the path has an encoded NUL";
    if (is_slash(byte) && slashes == encoded_slash::refuse)
        return "the path has an encoded slash or backslash";
    if (byte == 0xc0 || byte == 0xc1)
    {
        const int next = escaped_byte(text.substr(3));
        if ((byte == 0xc0 && (next == 0xae || next == 0xaf)) || (byte == 0xc1 && next == 0x9c))
            return "the path has an overlong encoding of a dot, slash or backslash (RFC 3629, 10)";
    }
    return {};
}

bool is_canonical_escape(std::string_view text) noexcept
{
    return !is_unreserved(static_cast<unsigned char>(escaped_byte(text))) && text[1] < 'a' && text[2] < 'a';
}

enum class segment : std::uint8_t
{
    name,
    current,   // "."
    parent,    // ".."
    ambiguous, // "..;x" and "..%2Fx": a name to most, ".." to servers that cut parameters off or decode
               // slashes first
};

// What the segment at the beginning of `text` is.
segment classify_segment(std::string_view text) noexcept
{
    const std::size_t dots = std::min(text.find_first_not_of('.'), text.size());
    if (dots == 0 || dots > 2)
        return segment::name;
    text.remove_prefix(dots);
    if (text.empty() || text.front() == '/' || text.front() == '?')
        return dots == 1 ? segment::current : segment::parent;
    const int escaped = escaped_byte(text);
    const bool may_end = text.front() == ';' || escaped == ';' || is_slash(escaped);
    return may_end ? segment::ambiguous : segment::name;
}

// Whether a dot segment stands behind an encoded slash that was kept: whoever decodes it climbs out of the
// folder that a rule has seen. `path` is decoded otherwise.
bool has_dots_behind_encoded_slash(std::string_view path) noexcept
{
    for (std::size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1))
        if (is_slash(escaped_byte(path.substr(at))) && classify_segment(path.substr(at + 3)) != segment::name)
            return true;
    return false;
}

constexpr std::string_view ambiguous_dots =
    "the path has a dot segment with parameters or beside an encoded slash";
constexpr std::string_view double_slash = "the path starts with two slashes";

// Unreserved characters decoded, the other escapes in upper case (RFC 3986, 6.2.2.1 and 6.2.2.2).
std::string decode_unreserved(std::string_view path)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    text.reserve(path.size());
    for (std::size_t at = 0; at < path.size(); ++at)
    {
        const int byte = escaped_byte(path.substr(at));
        if (byte < 0)
        {
            text.push_back(path[at]);
            continue;
        }
        if (is_unreserved(static_cast<unsigned char>(byte)))
            text.push_back(static_cast<char>(byte));
        else
            text.append(
                {'%', digits[static_cast<std::size_t>(byte / 16)], digits[static_cast<std::size_t>(byte % 16)]
                }
            );
        at += 2;
    }
    return text;
}

} // namespace

path_scan scan_path(std::string_view text, encoded_slash slashes) noexcept
{
    if (text.size() > 1 && text[1] == '/')
        return {.problem = double_slash};
    path_scan seen;
    std::size_t at = 1;
    for (; at < text.size(); ++at)
    {
        switch (kind_of(text[at]))
        {
        case kind::plain:
            break;
        case kind::question:
            seen.path_size = at;
            return seen;
        case kind::dot:
            if (text[at - 1] != '/')
                break;
            if (const segment found = classify_segment(text.substr(at)); found == segment::ambiguous)
                return {.problem = ambiguous_dots};
            else if (found != segment::name)
                seen.is_canonical = false;
            break;
        case kind::percent:
            if (const std::string_view problem = escape_problem(text.substr(at), slashes); !problem.empty())
                return {.problem = problem};
            if (is_slash(escaped_byte(text.substr(at))) &&
                classify_segment(text.substr(at + 3)) != segment::name)
                return {.problem = ambiguous_dots};
            seen.is_canonical = seen.is_canonical && is_canonical_escape(text.substr(at));
            at += 2;
            break;
        case kind::backslash:
            return {.problem = "the path has a backslash"};
        case kind::refused:
            return {.problem = "the path has a control, space, '#' or non-ASCII character"};
        }
    }
    seen.path_size = at;
    return seen;
}

bool is_target_text(std::string_view text) noexcept
{
    return std::ranges::none_of(text, [](char each) { return kind_of(each) == kind::refused; });
}

result<std::string> normalized_path(std::string_view path)
{
    const auto refuse = [](std::string_view problem)
    { return fail(errc::request_target_ambiguous, "request target", std::string(problem)); };
    const std::string decoded = decode_unreserved(path);
    const std::string_view text = decoded;
    if (has_dots_behind_encoded_slash(text))
        return refuse(ambiguous_dots);
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) // at a slash
    {
        const std::size_t next = std::min(text.find('/', at + 1), text.size());
        const segment found = classify_segment(text.substr(at + 1));
        if (found == segment::ambiguous)
            return refuse(ambiguous_dots);
        if (found == segment::parent && kept.empty())
            return refuse("the path climbs above the root");
        if (found == segment::parent)
            kept.resize(kept.rfind('/'));
        if (found == segment::name)
            kept.append(text.substr(at, next - at));
        else if (next == text.size())
            kept.push_back('/'); // "/a/.." is the directory "/"
        at = next;
    }
    if (kept.starts_with("//"))
        return refuse(double_slash);
    return kept;
}

} // namespace sekisho::http
