// SPDX-License-Identifier: Apache-2.0
#include "http/hop_by_hop.hpp"

#include "http/field_name.hpp"
#include "http/forwarded.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace sekisho::http
{
namespace
{

// No sender may take these away with Connection: the identity and the routing of a request, what its body is,
// and what keeps browsers and caches safe.
bool is_protected(std::string_view name)
{
    static const name_set names{
        "Host",
        "Cookie",
        "Set-Cookie",
        "Authorization",
        "Origin",
        "Referer",
        "User-Agent",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "X-Requested-With",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "X-Request-ID",
        "Traceparent",
        "Tracestate",
        "WWW-Authenticate",
        "Location",
        "Cache-Control",
        "Vary",
        "Age",
        "Expires",
        "Date",
        "ETag",
        "Range",
        "Expect",
        "Strict-Transport-Security",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Clear-Site-Data",
    };
    constexpr auto prefixes = std::to_array<std::string_view>(
        {"X-Forwarded-", "Content-", "Sec-", "If-", "Access-Control-", "Cross-Origin-"}
    );
    return names.contains(name) ||
           std::ranges::any_of(
               prefixes, [&](std::string_view each) { return canonical_starts_with(name, each); }
           );
}

// The connection's own fields (RFC 9110, 7.6.1, and what older senders use). By length first: it is asked for
// every field.
bool is_connection_field(std::string_view name) noexcept
{
    switch (name.size())
    {
    case 2:
        return canonical_equal(name, "TE");
    case 7:
        return canonical_equal(name, "Upgrade") || canonical_equal(name, "Trailer");
    case 10:
        return canonical_equal(name, "Connection") || canonical_equal(name, "Keep-Alive");
    case 14:
        return canonical_equal(name, "HTTP2-Settings");
    case 16:
        return canonical_equal(name, "Proxy-Connection");
    case 17:
        return canonical_equal(name, "Transfer-Encoding");
    case 18:
        return canonical_equal(name, "Proxy-Authenticate");
    case 19:
        return canonical_equal(name, "Proxy-Authorization");
    case 25:
        return canonical_equal(name, "Proxy-Authentication-Info");
    default:
        return false;
    }
}

} // namespace

connection_options::connection_options(std::span<const field> fields) noexcept : fields_(fields)
{
    for (const field& each : fields)
    {
        if (!equal_names(each.name, "Connection"))
            continue;
        list_reader reader(each.value);
        while (const std::optional<std::string_view> token = reader.next())
        {
            if (equal_names(*token, "close"))
                close_ = true;
            else if (equal_names(*token, "keep-alive"))
                keep_alive_ = true;
            else if (equal_names(*token, "upgrade"))
                upgrade_ = true;
            else
                others_ = true;
        }
    }
}

bool connection_options::names(std::string_view field_name) const noexcept
{
    return others_ && has_token(fields_, "Connection", field_name) && !is_protected(field_name);
}

bool is_persistent(const connection_options& options, int version) noexcept
{
    return !options.has_close() && (version >= 11 || options.has_keep_alive());
}

passage classify(std::string_view field_name, const connection_options& options) noexcept
{
    return is_connection_field(field_name) || options.names(field_name) ? passage::drop : passage::forward;
}

bool accepts_trailers(std::span<const field> fields) noexcept { return has_token(fields, "TE", "trailers"); }

bool is_allowed_trailer(std::string_view field_name) noexcept
{
    static const name_set refused{
        "TE",
        "Trailer",
        "Upgrade",
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Proxy",
        "Max-Forwards",
        "Pragma",
        "Proxy-Connection",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Authentication-Info",
        "Retry-After",
    };
    return !is_protected(field_name) && !refused.contains(field_name) &&
           classify_forwarding(field_name) == forwarding_field::none &&
           !canonical_starts_with(field_name, "X-") &&
           !canonical_starts_with(
               field_name, "Remote-"
           ); // who is signed in, for applications that merge trailers
}

bool asks_for_upgrade(std::span<const field> fields, std::string_view protocol) noexcept
{
    return has_token(fields, "Upgrade", protocol) && has_token(fields, "Connection", "upgrade");
}

} // namespace sekisho::http
