// SPDX-License-Identifier: Apache-2.0
#include "session/sealed_cookie.hpp"

#include "http/cookie.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.cookie";

// One answer carries at most this many deletions: a request must not make it grow without bound.
constexpr std::size_t max_deletions = 32;

std::string scope_of(const cookie_config& config)
{
    auto scope = session_cookie_name(config);
    if (!config.domain.empty())
        scope.append(";").append(config.domain);
    return scope;
}

std::string piece_name(const std::string& session_name, std::size_t index)
{
    return index == 0 ? session_name : session_name + "." + std::to_string(index);
}

http::set_cookie cookie_of(const cookie_config& config, std::string name)
{
    http::set_cookie cookie;
    cookie.name = std::move(name);
    cookie.domain = config.domain;
    cookie.secure = config.reached_by == transport::https;
    cookie.site = config.site;
    return cookie;
}

// The bytes of value that fit into this cookie.
std::size_t room_of(const http::set_cookie& cookie)
{
    const auto used = http::to_text(cookie).size();
    return used < max_set_cookie_size ? max_set_cookie_size - used : 0;
}

// Deletions that reach the cookie whether it was set for this host or for the domain, with Secure or without.
void append_deletions(set_cookies& out, const cookie_config& config, const std::string& name)
{
    const bool is_prefixed = without_prefix(name).size() != name.size();
    auto cookie = http::deletion_of(cookie_of(config, name));
    // A browser takes a prefixed cookie, and its deletion, only with Secure (CVE-2025-55162).
    cookie.secure = cookie.secure || is_prefixed;
    cookie.domain.clear();
    out.push_back(http::to_text(cookie));
    if (config.domain.empty() || http::equal_names(std::string_view(name).substr(0, 7), "__Host-"))
        return;
    cookie.domain = config.domain;
    out.push_back(http::to_text(cookie));
}

// Our session cookies in this request, each name once.
std::vector<std::string> names_in(std::span<const http::field> request, const jar& ours)
{
    std::vector<std::string> names;
    http::for_each_cookie(
        request,
        [&](const http::cookie& each)
        {
            const bool is_session =
                ours.is_ours(each.name) && !without_prefix(each.name).starts_with(sign_in_cookie_stem);
            if (is_session && names.size() < max_deletions &&
                std::ranges::find(names, each.name) == names.end())
                names.emplace_back(each.name);
        }
    );
    return names;
}

std::unexpected<error> too_large(std::size_t size, std::size_t room)
{
    return fail(
        errc::session_too_large,
        step,
        "the sealed session has " + std::to_string(size) + " bytes and " + std::to_string(room) +
            " fit into " + std::to_string(max_chunks) +
            " cookies; send fewer groups or claims, or keep no tokens"
    );
}

} // namespace

sealed_cookie::sealed_cookie(cookie_config config)
    : config_(std::move(config)), jar_(config_), scope_(scope_of(config_))
{
}

result<set_cookies> sealed_cookie::write(
    std::string_view sealed, time_point expires, std::span<const http::field> request, time_point now
) const
{
    std::vector<http::set_cookie> pieces;
    std::string_view rest = sealed;
    std::size_t room = 0;
    for (std::size_t index = 0; index < max_chunks && !rest.empty(); ++index)
    {
        auto cookie = cookie_of(config_, piece_name(jar_.session_name(), index));
        cookie.max_age = std::max(expires - now, std::chrono::seconds(1));
        // The first piece begins with the number of pieces, so that one that fits exactly is not followed by
        // a search.
        const std::size_t fits = room_of(cookie) - (index == 0 ? 1 : 0);
        cookie.value = rest.substr(0, fits);
        rest.remove_prefix(cookie.value.size());
        room += fits;
        pieces.push_back(std::move(cookie));
    }
    if (!rest.empty())
        return too_large(sealed.size(), room);
    pieces.front().value.insert(0, std::to_string(pieces.size()));

    set_cookies out;
    for (const auto& piece : pieces)
        out.push_back(http::to_text(piece));
    for (const auto& name : names_in(request, jar_))
        if (std::ranges::find(pieces, name, &http::set_cookie::name) == pieces.end())
            append_deletions(out, config_, name);
    return out;
}

std::string sealed_cookie::read(const session_cookies& cookies)
{
    std::string joined;
    joined.reserve(cookies.size());
    for (std::size_t index = 0; index < cookies.count; ++index)
        joined.append(cookies.chunks[index]);
    return joined.empty() ? joined : joined.substr(1);
}

set_cookies sealed_cookie::erase(std::span<const http::field> request) const
{
    set_cookies out;
    append_deletions(out, config_, jar_.session_name());
    for (const auto& name : names_in(request, jar_))
        if (name != jar_.session_name())
            append_deletions(out, config_, name);
    return out;
}

} // namespace sekisho::session
