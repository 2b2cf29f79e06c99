// SPDX-License-Identifier: Apache-2.0
#include "session/sign_in_cookies.hpp"

#include "base/secret.hpp"
#include "crypto/hash.hpp"
#include "http/cookie.hpp"
#include "session/codec.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.sign_in_cookies";
constexpr std::size_t name_hash_size = 16; // characters: 96 bits
constexpr std::size_t max_deletions = 32;  // in one answer
constexpr int kept_lifetimes = 4;          // how long the browser keeps an expired one for its return_to

// What else is remembered under the same stem, and is no sign-in.
bool is_other(std::string_view rest)
{
    return rest == choice_cookie_end || rest == sign_out_cookie_end || rest == local_cookie_end ||
           rest == emergency_cookie_end || rest == ticket_cookie_end || rest == form_cookie_end ||
           rest == loop_cookie_end ||
           (rest.starts_with(hint_cookie_end) && rest.size() <= hint_cookie_end.size() + 1);
}

std::string name_prefix(transport reached_by)
{
    cookie_config host_only;
    host_only.reached_by = reached_by;
    return std::string(prefix_of(host_only)).append(sign_in_cookie_stem);
}

result<sign_in> open(const crypto::key_ring& keys, std::string_view name, std::string_view sealed)
{
    auto plain = keys.open(sealed, name);
    if (!plain)
        return std::unexpected(plain.error());
    auto value = decode_sign_in(*plain);
    wipe(plain->data(), plain->size());
    return value;
}

bool is_expired(const sign_in& value, const sign_in_limits& limits, time_point now) noexcept
{
    return now - value.created >= limits.lifetime;
}

http::set_cookie cookie_of(std::string name, transport reached_by, callback_arrival arrival)
{
    http::set_cookie cookie;
    cookie.name = std::move(name);
    const bool is_posted = arrival == callback_arrival::by_post;
    // A POST from the provider's origin carries SameSite=None only, which browsers take with Secure only; on
    // plain http they allow that for loopback.
    cookie.secure = reached_by == transport::https || is_posted;
    cookie.site = is_posted ? http::same_site::none : http::same_site::lax;
    return cookie;
}

void append_deletions(set_cookies& out, const std::string& name, transport reached_by)
{
    out.push_back(http::to_text(http::deletion_of(cookie_of(name, reached_by, callback_arrival::by_get))));
    // On plain http a Secure cookie yields only to a Secure one (RFC 6265bis, 5.7).
    if (reached_by == transport::http)
        out.push_back(http::to_text(http::deletion_of(cookie_of(name, reached_by, callback_arrival::by_post)))
        );
}

struct kept
{
    std::string name;
    time_point created;
};

} // namespace

sign_in_cookies::sign_in_cookies(
    const cookie_config& config, crypto::key_ring keys, crypto::random_source& random, sign_in_limits limits
)
    : prefix_(name_prefix(config.reached_by)), reached_by_(config.reached_by), keys_(std::move(keys)),
      random_(&random), limits_(limits)
{
}

std::string sign_in_cookies::name_of(std::string_view state) const
{
    const auto digest = crypto::hash(crypto::digest::sha256, as_bytes(state));
    return prefix_ + base64url_encode(digest).substr(0, name_hash_size);
}

std::vector<std::string>
sign_in_cookies::outdated(std::span<const http::field> request, std::string_view begun, time_point now) const
{
    std::vector<std::string> names;
    std::vector<kept> alive;
    http::for_each_cookie(
        request,
        [&](const http::cookie& each)
        {
            if (each.name == begun || !is_ours(each.name))
                return;
            const auto value = open(keys_, each.name, each.value);
            if (value && !is_expired(*value, limits_, now))
                alive.push_back({std::string(each.name), value->created});
            else
                names.emplace_back(each.name);
        }
    );
    const auto room = std::max<std::size_t>(limits_.count, 1) - 1; // beside the one that begins
    std::ranges::sort(alive, std::ranges::greater(), &kept::created);
    for (auto index = room; index < alive.size(); ++index)
        names.push_back(std::move(alive[index].name));
    names.resize(std::min(names.size(), max_deletions));
    return names;
}

bool sign_in_cookies::is_ours(std::string_view name) const
{
    return name.starts_with(prefix_) && !is_other(name.substr(prefix_.size()));
}

std::size_t sign_in_cookies::count(std::span<const http::field> request) const
{
    std::size_t number = 0;
    http::for_each_cookie(request, [&](const http::cookie& each) { number += is_ours(each.name) ? 1 : 0; });
    return number;
}

result<set_cookies> sign_in_cookies::begin(
    const sign_in& value, std::span<const http::field> request, callback_arrival arrival, time_point now
) const
{
    auto cookie = cookie_of(name_of(value.state.view()), reached_by_, arrival);
    cookie.max_age = kept_lifetimes * limits_.lifetime;
    auto plain = encode(value);
    cookie.value = keys_.seal(plain, cookie.name, *random_);
    wipe(plain.data(), plain.size());

    set_cookies out{http::to_text(cookie)};
    if (out.front().size() > max_set_cookie_size)
        return fail(
            errc::value_too_large,
            step,
            "the cookie would have " + std::to_string(out.front().size()) + " bytes of at most " +
                std::to_string(max_set_cookie_size) + "; the return address has " +
                std::to_string(value.return_to.size())
        );
    for (const auto& name : outdated(request, cookie.name, now))
        append_deletions(out, name, reached_by_);
    return out;
}

found_sign_in
sign_in_cookies::find(std::span<const http::field> request, std::string_view state, time_point now) const
{
    const auto name = name_of(state);
    const auto sealed = http::find_cookie(request, name);
    if (!sealed)
        return {};
    auto value = open(keys_, name, *sealed);
    if (!value || !crypto::equal_in_constant_time(as_bytes(value->state.view()), as_bytes(state)))
        return {};
    const auto outcome = is_expired(*value, limits_, now) ? sign_in_state::expired : sign_in_state::found;
    return {outcome, *std::move(value)};
}

set_cookies sign_in_cookies::erase(std::string_view state) const
{
    set_cookies out;
    append_deletions(out, name_of(state), reached_by_);
    return out;
}

} // namespace sekisho::session
