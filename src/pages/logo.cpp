// SPDX-License-Identifier: Apache-2.0
#include "pages/logo.hpp"

#include "base/encoding.hpp"

#include <algorithm>

namespace sekisho::pages
{
namespace
{

using namespace std::string_view_literals;

// SVG in an <img> runs no script and loads nothing (SVG 2, 2.2: secure static mode).
bool is_svg(std::string_view file)
{
    constexpr std::size_t enough = 1024; // a declaration and a comment may come first
    const auto start = file.substr(0, std::min(file.size(), enough));
    const auto first = start.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return first != std::string_view::npos && start[first] == '<' && is_utf8(file) &&
           start.find("<svg") != std::string_view::npos;
}

std::string_view type_of(std::string_view file)
{
    if (file.starts_with("\x89PNG\r\n\x1a\n"))
        return "png";
    if (file.starts_with("\xff\xd8\xff"))
        return "jpeg";
    if (file.starts_with("GIF87a") || file.starts_with("GIF89a"))
        return "gif";
    if (file.starts_with("RIFF") && file.size() > 12 && file.substr(8, 4) == "WEBP")
        return "webp";
    return is_svg(file) ? "svg+xml"sv : ""sv;
}

} // namespace

result<std::string> logo_address(std::string_view file)
{
    constexpr std::string_view where = "logo";
    if (file.size() > largest_logo)
        return fail(
            errc::value_too_large,
            where,
            "has " + std::to_string(file.size()) + " bytes; at most " + std::to_string(largest_logo) +
                " are put into each page: use a smaller image"
        );
    const auto type = type_of(file);
    if (type.empty())
        return fail(errc::value_malformed, where, "is no PNG, JPEG, GIF, WebP or SVG image");
    return "data:image/" + std::string(type) + ";base64," + base64_encode(as_bytes(file));
}

} // namespace sekisho::pages
