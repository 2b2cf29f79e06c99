// SPDX-License-Identifier: Apache-2.0
#include "session/cookie_store.hpp"

#include "base/secret.hpp"
#include "session/codec.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.cookie_store";

} // namespace

cookie_store::cookie_store(
    cookie_config config,
    crypto::key_ring keys,
    crypto::random_source& random,
    std::shared_ptr<handover> renewed,
    std::shared_ptr<cookie_meter> meter
)
    : cookie_(std::move(config)), keys_(std::move(keys)), random_(&random), renewed_(std::move(renewed)),
      meter_(std::move(meter))
{
}

result<set_cookies>
cookie_store::seal(const session& value, std::span<const http::field> request, time_point now) const
{
    auto plain = encode(value);
    const auto sealed = keys_.seal(plain, cookie_.scope(), *random_);
    wipe(plain.data(), plain.size());
    return cookie_.write(sealed, value.expires, request, now);
}

net::task<result<set_cookies>>
cookie_store::create(const session& value, std::span<const http::field> request, time_point now)
{
    co_return issue(value, request, now);
}

result<set_cookies>
cookie_store::reissue(const session& value, std::span<const http::field> request, time_point now) const
{
    auto seen = value;
    seen.last_seen = now;
    return issue(seen, request, now);
}

result<set_cookies>
cookie_store::issue(const session& value, std::span<const http::field> request, time_point now) const
{
    auto cookies = seal(value, request, now);
    if (cookies && meter_)
        meter_->note(*cookies);
    return cookies;
}

net::task<result<found_session>> cookie_store::find(const session_cookies& cookies, time_point)
{
    auto value = open(cookies);
    if (!value)
        co_return std::unexpected(value.error());
    if (!renewed_)
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

net::task<result<void>> cookie_store::take(const session_id& id)
{
    if (!renewed_)
        co_return result<void>();
    auto taken = co_await renewed_->take(id);
    co_return taken;
}

result<session> cookie_store::open(const session_cookies& cookies) const
{
    if (!cookies.is_present())
        return fail(errc::session_required, step);
    auto plain = keys_.open(sealed_cookie::read(cookies), cookie_.scope());
    if (!plain)
        return fail(errc::session_required, step);
    auto value = decode_session(*plain);
    wipe(plain->data(), plain->size());
    if (!value)
        return fail(errc::session_required, step);
    return value;
}

} // namespace sekisho::session
