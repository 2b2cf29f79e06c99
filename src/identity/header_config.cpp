// SPDX-License-Identifier: Apache-2.0
#include "identity/header_config.hpp"

#include "http/field_name.hpp"
#include "http/fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sekisho::identity
{
namespace
{

// Ours and those that applications read from other gates: an application behind us may trust any of them.
constexpr std::array well_known{
    "x-forwarded-user",
    "x-forwarded-preferred-username",
    "x-forwarded-email",
    "x-forwarded-groups",
    "x-forwarded-name",
    "x-forwarded-roles",
    "x-forwarded-picture",
    "x-forwarded-access-token",
    "x-forwarded-id-token",
    "x-auth-request-user",
    "x-auth-request-email",
    "x-auth-request-groups",
    "x-auth-request-roles",
    "x-auth-request-preferred-username",
    "x-auth-request-access-token",
    "x-remote-user",
    "remote-user",
    "remote-email",
    "remote-groups",
    "remote-name",
};

// What frames, routes or authenticates the message itself is not ours to set.
constexpr std::array reserved{
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
};

bool is_alphanumeric(char character) noexcept
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z');
}

std::vector<std::string_view> names_of(const header_config& config)
{
    std::vector<std::string_view> names{
        config.user,
        config.username,
        config.email,
        config.groups,
        config.name,
        config.roles,
        config.picture,
        config.id_token,
        config.access_token
    };
    names.insert(names.end(), config.extra.begin(), config.extra.end());
    std::erase(names, std::string_view());
    return names;
}

} // namespace

bool needs_id_token(const header_config& config) noexcept
{
    return !config.id_token.empty() || config.authorization == authorization_header::id_token;
}

bool needs_access_token(const header_config& config) noexcept
{
    return !config.access_token.empty() || config.authorization == authorization_header::access_token;
}

std::vector<std::string> problems(const header_config& config)
{
    std::vector<std::string> found;
    std::vector<std::string> seen;
    for (const auto name : names_of(config))
    {
        const auto key = http::canonical_name(name);
        const auto quoted = "\"" + std::string(name) + "\"";
        if (!http::is_token(name))
            found.push_back(quoted + " is not a header name: expected letters, digits and \"-\"");
        else if (std::ranges::find(reserved, key) != reserved.end())
            found.push_back(quoted + " belongs to the message itself and cannot carry an identity");
        else if (std::ranges::find(seen, key) != seen.end())
            found.push_back(quoted + " is used twice");
        seen.push_back(key);
    }
    for (const auto& name : config.stripped)
        if (!http::is_token(name))
            found.push_back("\"" + name + "\" is not a header name: expected letters, digits and \"-\"");
    const char separator = config.separator;
    if (separator <= ' ' || separator == 0x7f || is_alphanumeric(separator) || separator == '%' ||
        std::string_view("-_.~").find(separator) != std::string_view::npos)
        found.push_back("the group separator must be one printable ASCII character other than letters, "
                        "digits and - _ . ~ %");
    return found;
}

std::vector<std::string> names_to_strip(const header_config& config)
{
    std::vector<std::string> names(well_known.begin(), well_known.end());
    for (const auto name : names_of(config))
        names.push_back(http::canonical_name(name));
    for (const auto& name : config.stripped)
        names.push_back(http::canonical_name(name));
    if (config.authorization != authorization_header::untouched)
        names.emplace_back("authorization");
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

} // namespace sekisho::identity
