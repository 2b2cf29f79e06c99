// SPDX-License-Identifier: Apache-2.0
#include "session/cookie_store.hpp"

#include "base/secret.hpp"
#include "http/cookie.hpp"
#include "session/codec.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.cookie_store";

// One answer carries at most this many deletions: a request must not make it grow without bound.
constexpr std::size_t max_deletions = 32;

// A cookie that an earlier configuration set for another domain has the same name, and our deletions do not
// reach it: it must not keep somebody signed in.
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

cookie_store::cookie_store(
    cookie_config config,
    crypto::key_ring keys,
    crypto::random_source& random,
    std::shared_ptr<handover> renewed
)
    : config_(std::move(config)), keys_(std::move(keys)), random_(&random), renewed_(std::move(renewed)),
      jar_(config_), scope_(scope_of(config_))
{
}

result<set_cookies>
cookie_store::seal(const session& value, std::span<const http::field> request, time_point now) const
{
    auto plain = encode(value);
    const auto sealed = keys_.seal(plain, scope_, *random_);
    wipe(plain.data(), plain.size());

    std::vector<http::set_cookie> pieces;
    std::string_view rest = sealed;
    std::size_t room = 0;
    for (std::size_t index = 0; index < max_chunks && !rest.empty(); ++index)
    {
        auto cookie = cookie_of(config_, piece_name(jar_.session_name(), index));
        cookie.max_age = std::max(value.expires - now, std::chrono::seconds(1));
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

net::task<result<set_cookies>>
cookie_store::create(const session& value, std::span<const http::field> request, time_point now)
{
    co_return seal(value, request, now);
}

result<set_cookies>
cookie_store::reissue(const session& value, std::span<const http::field> request, time_point now) const
{
    auto seen = value;
    seen.last_seen = now;
    return seal(seen, request, now);
}

net::task<result<found_session>> cookie_store::find(const session_cookies& cookies, time_point)
{
    auto value = open(cookies);
    if (!value)
        co_return std::unexpected(value.error());
    if (!renewed_ || value->refresh_token.empty())
        co_return found_session{std::move(*value), false};
    auto newest = co_await renewed_->newest(*value);
    if (!newest)
        co_return std::unexpected(newest.error());
    if (!*newest)
        co_return found_session{std::move(*value), false};
    co_return found_session{std::move(**newest), true};
}

net::task<result<std::optional<session>>> cookie_store::newest(const session& known, time_point)
{
    if (!renewed_)
        co_return known;
    auto newer = co_await renewed_->surely_newest(known);
    if (newer && !*newer)
        co_return known;
    co_return newer;
}

net::task<result<bool>> cookie_store::replace(const session& renewed, time_point now)
{
    if (!renewed_)
        co_return false;
    auto kept = co_await renewed_->keep(renewed, std::max(renewed.expires - now, std::chrono::seconds(1)));
    co_return kept;
}

net::task<result<void>> cookie_store::take(const session_id&) { co_return result<void>(); }

result<session> cookie_store::open(const session_cookies& cookies) const
{
    if (!cookies.is_present())
        return fail(errc::session_required, step);
    std::string joined;
    std::string_view sealed = cookies.chunks[0];
    if (cookies.count > 1)
    {
        joined.reserve(cookies.size());
        for (std::size_t index = 0; index < cookies.count; ++index)
            joined.append(cookies.chunks[index]);
        sealed = joined;
    }
    auto plain = keys_.open(sealed.substr(1), scope_);
    if (!plain)
        return fail(errc::session_required, step);
    auto value = decode_session(*plain);
    wipe(plain->data(), plain->size());
    if (!value)
        return fail(errc::session_required, step);
    return value;
}

set_cookies cookie_store::erase(std::span<const http::field> request) const
{
    set_cookies out;
    append_deletions(out, config_, jar_.session_name());
    for (const auto& name : names_in(request, jar_))
        if (name != jar_.session_name())
            append_deletions(out, config_, name);
    return out;
}

} // namespace sekisho::session
