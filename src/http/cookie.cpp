// SPDX-License-Identifier: Apache-2.0
#include "http/cookie.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::http
{
namespace
{

constexpr std::string_view where = "cookie";

// Browsers compare the prefixes without case (RFC 6265bis, 5.6).
bool has_prefix(std::string_view name, std::string_view prefix) noexcept
{
    return name.size() >= prefix.size() && equal_names(name.substr(0, prefix.size()), prefix);
}

bool must_be_host_only(const set_cookie& cookie) noexcept { return has_prefix(cookie.name, "__Host-"); }

bool must_be_secure(const set_cookie& cookie) noexcept
{
    return must_be_host_only(cookie) || has_prefix(cookie.name, "__Secure-") || cookie.partitioned ||
           cookie.site == same_site::none;
}

bool is_attribute_value(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char each) { return each >= 0x20 && each < 0x7f && each != ';'; });
}

std::string_view attribute(same_site site) noexcept
{
    switch (site)
    {
    case same_site::unset:
        return "";
    case same_site::lax:
        return "; SameSite=Lax";
    case same_site::strict:
        return "; SameSite=Strict";
    case same_site::none:
        return "; SameSite=None";
    }
    std::unreachable();
}

void append_age(std::string& text, std::chrono::seconds age)
{
    text.append("; Max-Age=").append(std::to_string(std::max<std::int64_t>(age.count(), 0)));
    if (age.count() <= 0)
        text.append("; Expires=Thu, 01 Jan 1970 00:00:00 GMT"); // for those that do not know Max-Age
}

} // namespace

std::optional<cookie> cookie_reader::next() noexcept
{
    while (!rest_.empty())
    {
        const std::size_t end = std::min(rest_.find(';'), rest_.size());
        const std::string_view text = trimmed(rest_.substr(0, end));
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (text.empty())
            continue;
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos)
            return cookie{.name = {}, .value = text, .text = text};
        return cookie{
            .name = trimmed(text.substr(0, equals)), .value = trimmed(text.substr(equals + 1)), .text = text
        };
    }
    return std::nullopt;
}

std::optional<std::string_view> find_cookie(std::span<const field> fields, std::string_view name) noexcept
{
    for (const field& each : fields)
    {
        if (!equal_names(each.name, "Cookie"))
            continue;
        cookie_reader reader(each.value);
        while (const std::optional<cookie> found = reader.next())
            if (found->name == name)
                return found->value;
    }
    return std::nullopt;
}

bool is_cookie_name(std::string_view name) noexcept { return is_token(name); }

bool is_cookie_value(std::string_view value) noexcept
{
    return std::ranges::all_of(
        value,
        [](char each)
        { return each > 0x20 && each < 0x7f && each != '"' && each != ',' && each != ';' && each != '\\'; }
    );
}

result<void> check(const set_cookie& cookie)
{
    const auto refuse = [&](std::string_view reason)
    { return fail(errc::value_malformed, where, "cookie \"" + cookie.name + "\": " + std::string(reason)); };
    if (!is_cookie_name(cookie.name))
        return refuse("the name must be a token (RFC 6265, 4.1.1)");
    if (!is_cookie_value(cookie.value))
        return refuse("the value has a character that cookies cannot hold");
    if (!is_attribute_value(cookie.path) || (!cookie.path.empty() && cookie.path.front() != '/'))
        return refuse("the path must start with \"/\" and hold neither \";\" nor controls");
    if (!is_attribute_value(cookie.domain) || cookie.domain.find(' ') != std::string::npos)
        return refuse("the domain is not a host name");
    if (must_be_secure(cookie) && !cookie.secure)
        return refuse("its name prefix, SameSite=None or Partitioned needs Secure, that is an https address");
    if (must_be_host_only(cookie) && (cookie.path != "/" || !cookie.domain.empty()))
        return refuse("the prefix \"__Host-\" needs the path \"/\" and no domain");
    return {};
}

std::string to_text(const set_cookie& cookie)
{
    const bool is_host_only = must_be_host_only(cookie);
    std::string text;
    text.reserve(cookie.name.size() + cookie.value.size() + 128);
    text.append(cookie.name).append("=").append(cookie.value);
    if (is_host_only)
        text.append("; Path=/");
    else if (!cookie.path.empty())
        text.append("; Path=").append(cookie.path);
    if (!is_host_only && !cookie.domain.empty())
        text.append("; Domain=").append(cookie.domain);
    if (cookie.max_age)
        append_age(text, *cookie.max_age);
    if (cookie.secure || must_be_secure(cookie))
        text.append("; Secure");
    if (cookie.http_only)
        text.append("; HttpOnly");
    text.append(attribute(cookie.site));
    if (cookie.partitioned)
        text.append("; Partitioned");
    return text;
}

set_cookie deletion_of(set_cookie cookie)
{
    cookie.value.clear();
    cookie.max_age = std::chrono::seconds(0);
    return cookie;
}

} // namespace sekisho::http
