// SPDX-License-Identifier: Apache-2.0
#include "http/return_address.hpp"

#include "http/fields.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <optional>

namespace sekisho::http
{
namespace
{

// Browsers drop tabs and line ends and take a backslash for a slash (WHATWG URL, 4.4); neither is in an
// honest address.
bool is_clean(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char each) { return each > 0x20 && each < 0x7f && each != '\\'; });
}

// Whether decoding the path once more would show a browser something else: a control or a backslash anywhere,
// a space or a slash next to a slash ("/%09/evil", "/%5cevil", "/%20/evil", "/%2fevil"). A space inside a
// name is an honest one.
bool has_hidden_parts(std::string_view path) noexcept
{
    for (std::size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 3))
    {
        const std::string_view escape = path.substr(at + 1, 2); // canonical: two digits, upper case
        if (escape[0] <= '1' || escape == "7F" || escape == "5C")
            return true;
        const std::string_view rest = path.substr(at + 3);
        const bool is_beside_slash = path[at - 1] == '/' || rest.starts_with('/') ||
                                     rest.starts_with("%2F") || rest.starts_with("%20");
        if ((escape == "2F" || escape == "20") && is_beside_slash)
            return true;
    }
    return false;
}

// Whether this path is one that the gate itself would let pass.
bool is_safe_path(std::string_view path)
{
    if (!path.starts_with('/') || path.starts_with("//"))
        return false;
    const auto canonical = canonicalize(path, "GET", {}, encoded_slash::keep);
    return canonical && !has_hidden_parts(canonical->path());
}

// What is behind our own origin; nullopt: it is not ours.
std::optional<std::string_view> behind_origin(std::string_view candidate, const url& public_origin) noexcept
{
    const std::size_t colon = candidate.find("://");
    if (colon == std::string_view::npos ||
        !equal_names(candidate.substr(0, colon), public_origin.is_https() ? "https" : "http"))
        return std::nullopt;
    candidate.remove_prefix(colon + 3);
    const std::size_t end = std::min(candidate.find_first_of("/?#"), candidate.size());
    std::string_view authority = candidate.substr(0, end);
    const std::string ours = public_origin.authority();
    const std::string_view default_port = public_origin.is_https() ? ":443" : ":80";
    if (!equal_names(authority, ours) && authority.ends_with(default_port))
        authority.remove_suffix(default_port.size());
    if (!equal_names(authority, ours))
        return std::nullopt;
    return candidate.substr(end);
}

} // namespace

std::string safe_return_address(std::string_view candidate, const url& public_origin)
{
    const std::string root = "/";
    if (candidate.empty() || candidate.size() > longest_return_address || !is_clean(candidate))
        return root;
    std::string address(candidate);
    if (!candidate.starts_with('/'))
    {
        const std::optional<std::string_view> rest = behind_origin(candidate, public_origin);
        if (!rest)
            return root;
        address = (rest->starts_with('/') ? "" : "/") + std::string(*rest);
    }
    const std::size_t path_size = std::min(address.find_first_of("?#"), address.size());
    return is_safe_path(std::string_view(address).substr(0, path_size)) ? address : root;
}

} // namespace sekisho::http
