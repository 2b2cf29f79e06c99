// SPDX-License-Identifier: Apache-2.0
#include "session/ticket_store.hpp"

#include "session/codec.hpp"
#include "session/codec_parts.hpp"
#include "session/shelf_names.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.ticket_store";
constexpr char ticket_version = 't';
constexpr std::string_view ticket_purpose = "session_ticket";

// It would be kept under a key that no ticket has.
std::unexpected<error> keyless()
{
    return fail(errc::internal_error, step, "a session without its ticket's key");
}

std::unexpected<error> not_there() { return fail(errc::session_required, step); }

// A renewed value is newer than every value of the generation before, however lately that was used; of one
// generation the last used one is the newer. So two renewals from one value are of the same version, and the
// second changes nothing.
std::uint64_t renewed_version(const session& value) { return value.generation << 32U; }

std::uint64_t touched_version(const session& value)
{
    const auto used = std::clamp<std::int64_t>((value.last_seen - value.created).count(), 0, 0xffffffff);
    return renewed_version(value) | static_cast<std::uint64_t>(used);
}

// A value is sealed for its place and its version, so that an older one does not pass for a newer one.
std::string bound_to(const std::string& name, std::uint64_t version)
{
    return name + ";" + std::to_string(version);
}

} // namespace

ticket_store::ticket_store(
    cookie_config config,
    std::shared_ptr<shelf> where,
    shared_by whom,
    std::vector<secret> secrets,
    lifetimes limits,
    crypto::random_source& random,
    std::shared_ptr<cookie_meter> meter
)
    : cookie_(std::move(config)), shelf_(std::move(where)), whom_(whom), secrets_(std::move(secrets)),
      tickets_(secrets_, ticket_purpose), current_ticket_({secrets_.front()}, ticket_purpose),
      limits_(std::move(limits)), random_(&random), meter_(std::move(meter))
{
}

net::task<result<set_cookies>>
ticket_store::create(const session& value, std::span<const http::field> request, time_point now)
{
    auto kept = value;
    kept.ticket_key = secret(random_->token(256));
    auto cookies = cookie_.write(sealed(ticket{kept.id, kept.ticket_key}), kept.expires, request, now);
    if (!cookies)
        co_return cookies;
    auto put = co_await shelf_->put(
        record_name(kept.id), sealed(kept, renewed_version(kept)), life_of(kept, now), put_when::absent
    );
    if (!put)
        co_return std::unexpected(put.error());
    if (!*put)
        co_return fail(errc::internal_error, step, "there is a session of this id");
    if (meter_)
        meter_->note(*cookies);
    co_return cookies;
}

net::task<result<found_session>> ticket_store::find(const session_cookies& cookies, time_point now)
{
    auto by = open(cookies, current_ticket_);
    const bool is_current = by.has_value();
    if (!is_current)
        by = open(cookies, tickets_);
    if (!by)
        co_return std::unexpected(by.error());
    auto value = co_await read(std::move(*by));
    if (!value)
        co_return std::unexpected(value.error());
    if (!*value)
        co_return not_there();
    found_session found{.value = std::move(**value)};
    if (is_current)
        co_return found;
    // Of an older secret: value and ticket are sealed again before that one goes, the value first.
    auto resealed = co_await touch(found.value, now);
    found.is_newer_than_cookie = resealed && *resealed;
    co_return found;
}

net::task<result<bool>> ticket_store::replace(const session& renewed, time_point now)
{
    if (renewed.ticket_key.empty())
        co_return keyless();
    auto put = co_await shelf_->put(
        record_name(renewed.id),
        sealed(renewed, renewed_version(renewed)),
        life_of(renewed, now),
        put_when::newer
    );
    co_return put;
}

net::task<result<std::optional<session>>> ticket_store::newest(const session& known, time_point)
{
    auto found = co_await read({known.id, known.ticket_key});
    co_return found;
}

net::task<result<bool>> ticket_store::touch(const session& value, time_point now)
{
    if (value.ticket_key.empty())
        co_return keyless();
    auto used = value;
    used.last_seen = std::max(value.last_seen, now);
    auto put = co_await shelf_->put(
        record_name(used.id), sealed(used, touched_version(used)), life_of(used, now), put_when::newer
    );
    co_return put;
}

net::task<result<void>> ticket_store::take(const session_id& id)
{
    auto taken = co_await shelf_->take(record_name(id));
    if (!taken)
        co_return std::unexpected(taken.error());
    co_return result<void>();
}

result<set_cookies>
ticket_store::reissue(const session& value, std::span<const http::field> request, time_point now) const
{
    for (std::size_t rank = 0;; ++rank)
    {
        const auto cookies = cookie_.cookies().find(request, rank);
        const auto theirs = open(cookies, current_ticket_);
        if (theirs && theirs->id == value.id)
            return set_cookies();
        if (cookies.is_last)
            break;
    }
    auto made = cookie_.write(sealed(ticket{value.id, value.ticket_key}), value.expires, request, now);
    if (made && meter_)
        meter_->note(*made);
    return made;
}

result<ticket_store::ticket>
ticket_store::open(const session_cookies& cookies, const crypto::key_ring& keys) const
{
    // Before the shelf is asked: what we did not seal costs nobody a look.
    auto plain = keys.open(sealed_cookie::read(cookies), cookie_.scope());
    if (!plain)
        return not_there();
    reader in(*plain, ticket_version);
    ticket what;
    what.id = session_id(in.text("id"));
    what.key = secret(in.text("key"));
    wipe(plain->data(), plain->size());
    if (!in.finish(step))
        return not_there();
    return what;
}

std::string ticket_store::sealed(const ticket& what) const
{
    writer out(ticket_version);
    out.text(what.id.view());
    out.text(what.key.reveal());
    auto plain = out.finish();
    auto text = tickets_.seal(plain, cookie_.scope(), *random_);
    wipe(plain.data(), plain.size());
    return text;
}

crypto::key_ring ticket_store::ring_of(const secret& ticket_key) const
{
    // The ticket's key has one length, so that no two pairs make the same text.
    std::vector<secret> both;
    both.reserve(secrets_.size());
    for (const auto& each : secrets_)
        both.emplace_back(std::string(ticket_key.reveal()).append(each.reveal()));
    return {both, "session_value"};
}

shelved ticket_store::sealed(const session& value, std::uint64_t version) const
{
    auto plain = encode(value);
    auto text = ring_of(value.ticket_key).seal(plain, bound_to(record_name(value.id), version), *random_);
    wipe(plain.data(), plain.size());
    return {version, std::move(text)};
}

// nullopt also when what is there is not what we put: changed, of another session, or of a version that it
// was not sealed for.
net::task<result<std::optional<session>>> ticket_store::read(ticket by) const
{
    const auto name = record_name(by.id);
    auto there = co_await shelf_->get(name);
    if (!there)
        co_return std::unexpected(there.error());
    if (!*there)
        co_return std::optional<session>();
    auto plain = ring_of(by.key).open((*there)->value, bound_to(name, (*there)->version));
    if (!plain)
        co_return std::optional<session>();
    auto value = decode_session(*plain);
    wipe(plain->data(), plain->size());
    if (!value || value->id != by.id)
        co_return std::optional<session>();
    value->ticket_key = std::move(by.key);
    co_return std::optional(std::move(*value));
}

std::chrono::milliseconds ticket_store::life_of(const session& value, time_point now) const
{
    return end_of(value, limits_.of(value)) - now;
}

} // namespace sekisho::session
