// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::settings
{
namespace
{

// Headers that mean something to HTTP, to browsers or to other gateways, so that an identity must not stand
// there.
constexpr std::array<std::string_view, 26> taken{
    "accept",
    "authorization",
    "connection",
    "cookie",
    "date",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "location",
    "origin",
    "range",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-real-ip",
    "x-request-id"
};
constexpr std::array<std::string_view, 4> taken_prefixes{"content-", "proxy-", "sec-", "if-"};

// Applications behind CGI-like gateways read "X_User" and "x-user" as one name.
std::string canonical(std::string_view name)
{
    std::string text(name);
    for (auto& each : text)
        if (each >= 'A' && each <= 'Z')
            each = static_cast<char>(each - 'A' + 'a');
        else if (each == '_' || each == '.')
            each = '-';
    return text;
}

std::vector<std::pair<std::string_view, std::string>> all_headers(const identity_settings& identity)
{
    std::vector<std::pair<std::string_view, std::string>> headers{
        {"identity.user_header", identity.user_header.str()},
        {"identity.username_header", identity.username_header.str()},
        {"identity.email_header", identity.email_header.str()},
        {"identity.groups_header", identity.groups_header.str()},
        {"identity.name_header", identity.name_header.str()},
        {"identity.roles_header", identity.roles_header.str()},
        {"identity.picture_header", identity.picture_header.str()},
        {"identity.id_token_header", identity.id_token_header.str()},
        {"identity.access_token_header", identity.access_token_header.str()},
    };
    for (const auto& extra : identity.extra_headers)
        headers.emplace_back("identity.extra_headers", extra.header);
    std::erase_if(headers, [](const auto& each) { return each.second.empty(); });
    return headers;
}

void check_headers(examination& about)
{
    std::map<std::string, std::string_view> seen;
    for (const auto& [path, name] : all_headers(about.values().identity))
    {
        const auto plain = canonical(name);
        const bool is_taken =
            holds(taken, plain) ||
            std::ranges::any_of(
                taken_prefixes, [&](std::string_view prefix) { return plain.starts_with(prefix); }
            );
        if (plain == "authorization")
            about.refuse(path, "Authorization has a setting of its own: identity.authorization");
        else if (is_taken)
            about.refuse(
                path, name + " means something else already; choose a name such as X-Forwarded-User"
            );
        if (const auto [first, is_new] = seen.emplace(plain, path); !is_new)
            about.refuse(
                path,
                name + " is used by " + std::string(first->second) +
                    " already (applications read - and _ as the same)"
            );
    }
}

void check_claims(examination& about)
{
    const auto& identity = about.values().identity;
    if (identity.user_claim.empty())
        about.refuse("identity.user_claim", "is empty; without it nobody can be told from anybody else");
    if (identity.require_email && identity.email_claim.empty())
        about.refuse("identity.require_email", "needs identity.email_claim, which is empty");
    if (identity.groups_format == groups_format::separated && identity.groups_separator.empty())
        about.refuse("identity.groups_separator", "is empty, so groups would run together");
    if (identity.groups_separator.size() > 1)
        about.refuse(
            "identity.groups_separator",
            "\"" + identity.groups_separator +
                "\" is more than one ASCII character, of which one would be used"
        );
    if (identity.user_header.empty())
        about.warn("identity.user_header", "is off: the application is not told who is calling");
}

void check_tokens(examination& about)
{
    const auto& values = about.values();
    const bool uses_id_token =
        !values.identity.id_token_header.empty() || values.identity.authorization == authorization::id_token;
    if (uses_id_token && values.session.keep_id_token == when_needed::never)
        about.refuse(
            "session.keep_id_token", "never, but the identity settings send the ID token to the application"
        );
}

} // namespace

void check_identity(examination& about)
{
    check_headers(about);
    check_claims(about);
    check_tokens(about);
    check_patterns(about);
}

} // namespace sekisho::settings
