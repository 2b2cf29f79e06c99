// SPDX-License-Identifier: Apache-2.0
#include "access/rule.hpp"

#include "access/lenient_path.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace sekisho::access
{
namespace
{

constexpr std::string_view step = "access.rule";
constexpr std::string_view folder_suffix = "/*";

std::unexpected<error> malformed(std::string_view text, std::string_view fault)
{
    std::string detail("\"");
    detail.append(text).append("\" ").append(fault).append(
        R"(; expected a path such as "/healthz", or "/public/*" for a folder, after "GET,HEAD " if only for these)"
    );
    return fail(errc::value_malformed, step, std::move(detail));
}

bool is_folder(std::string_view pattern) noexcept { return pattern.ends_with(folder_suffix); }

bool is_odd(char character) noexcept
{
    return static_cast<unsigned char>(character) <= ' ' || character == 0x7f ||
           std::string_view("?#\\%*").find(character) != std::string_view::npos;
}

// A path in the pattern's part before "/*": no segment may be one that canonical paths never have.
std::string_view fault_of(std::string_view path)
{
    if (std::ranges::any_of(path, is_odd))
        return "holds a character that no canonical path has";
    while (!path.empty())
    {
        path.remove_prefix(1); // the slash
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        if (segment == "." || segment == "..")
            return "holds a dot segment";
        if (segment.empty() && !path.empty())
            return "holds an empty segment";
    }
    return {};
}

} // namespace

result<path_pattern> path_pattern::parse(std::string_view text)
{
    if (!text.starts_with('/'))
        return malformed(text, "does not begin with \"/\"");
    auto path = text;
    if (is_folder(path))
        path.remove_suffix(folder_suffix.size());
    if (const auto fault = fault_of(path); !fault.empty())
        return malformed(text, fault);
    if (is_folder(text) && path.ends_with('/'))
        return malformed(text, "holds an empty segment");
    return path_pattern(std::string(text));
}

bool path_pattern::matches(std::string_view path) const noexcept
{
    // A caller that passes the query by mistake must not open a door (CVE-2025-54576, CVE-2026-41059).
    if (!path.starts_with('/') || path.find_first_of("?#") != std::string_view::npos)
        return false;
    const std::string_view pattern = text_;
    if (!is_folder(pattern))
        return path == pattern;
    const auto folder = pattern.substr(0, pattern.size() - folder_suffix.size());
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool path_pattern::may_match(std::string_view path) const noexcept
{
    const std::string_view pattern = text_;
    const auto is_of_folder = is_folder(pattern);
    lenient_path ours(is_of_folder ? pattern.substr(0, pattern.size() - folder_suffix.size()) : pattern);
    lenient_path theirs(path);
    while (const char wanted = ours.next())
        if (theirs.next() != wanted)
            return false;
    const auto after = theirs.next();
    return after == '\0' || (is_of_folder && after == '/');
}

bool rule::matches(std::string_view method, std::string_view canonical_path) const noexcept
{
    const bool has_method = methods.empty() || std::ranges::find(methods, method) != methods.end();
    return has_method && path.matches(canonical_path);
}

result<rule> rule::parse(std::string_view text)
{
    std::vector<std::string> methods;
    auto rest = text;
    if (const auto space = rest.find(' '); space != std::string_view::npos)
    {
        auto list = rest.substr(0, space);
        rest.remove_prefix(space + 1);
        while (true)
        {
            const auto method = list.substr(0, list.find(','));
            if (!http::is_token(method))
                return malformed(text, "does not begin with a list of methods");
            methods.emplace_back(method);
            if (method.size() == list.size())
                break;
            list.remove_prefix(method.size() + 1);
        }
    }
    auto path = path_pattern::parse(rest);
    if (!path)
        return std::unexpected(path.error());
    return rule{std::move(methods), *std::move(path)};
}

} // namespace sekisho::access
