// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is asking: a person's browser or a program, in which language, from which site.

#include "http/fields.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace sekisho::http
{

enum class media : std::uint8_t
{
    html,
    json,
};

// Which of the two the client prefers (RFC 9110, 12.5.1). Programs, which say "*/*" or nothing, get JSON.
media preferred_media(std::span<const field> fields) noexcept;

// The supported language the client likes best (RFC 9110, 12.5.4; RFC 4647, 3.4 lookup: "ja-JP" finds "ja").
// `supported` is in lower case and not empty; its first is the answer when nothing fits.
std::string_view
preferred_language(std::span<const field> fields, std::span<const std::string_view> supported) noexcept;

// Whether a browser is about to show the answer in its top-level window, so that a sign-in may begin: GET or
// HEAD; Sec-Fetch-Mode "navigate" and Sec-Fetch-Dest "document" where sent; no X-Requested-With:
// XMLHttpRequest; Accept names text/html with a weight above 0.
bool is_navigation(std::span<const field> fields, std::string_view method) noexcept;

// Sec-Fetch-Site (W3C Fetch Metadata, 2.3).
enum class fetch_site : std::uint8_t
{
    unknown, // not sent, sent more than once, or not one of the others
    none,    // the person typed it or used a bookmark
    same_origin,
    same_site,
    cross_site,
};

fetch_site requesting_site(std::span<const field> fields) noexcept;

} // namespace sekisho::http
