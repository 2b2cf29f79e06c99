// SPDX-License-Identifier: Apache-2.0
#include "session/handover.hpp"

#include "base/secret.hpp"
#include "session/codec.hpp"
#include "session/shelf_names.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::session
{
namespace
{

constexpr std::string_view step = "session.handover";

// A renewal needs a token, and what was renewed says so: the others cost no look.
bool may_have_been_renewed(const session& value)
{
    return !value.refresh_token.empty() || !value.access_token.empty() || value.generation > 1;
}

} // namespace

handover::handover(std::shared_ptr<shelf> where, crypto::key_ring keys, crypto::random_source& random)
    : shelf_(std::move(where)), keys_(std::move(keys)), random_(&random)
{
}

net::task<result<bool>> handover::keep(const session& newer, std::chrono::milliseconds life)
{
    const auto name = handover_name(newer.id);
    auto plain = encode(newer);
    shelved what{newer.generation, keys_.seal(plain, name, *random_)};
    wipe(plain.data(), plain.size());
    auto put = co_await shelf_->put(name, std::move(what), life, put_when::absent_or_newer);
    co_return put;
}

net::task<result<std::optional<session>>> handover::newest(const session& from_cookie)
{
    auto found = co_await surely_newest(from_cookie);
    if (found)
        co_return found;
    log::failure(not_looked_up_, wall_clock_now(), "renewed session not looked up", found.error());
    co_return std::optional<session>();
}

net::task<result<std::optional<session>>> handover::surely_newest(const session& from_cookie)
{
    if (!may_have_been_renewed(from_cookie))
        co_return std::optional<session>();
    const auto name = handover_name(from_cookie.id);
    auto there = co_await shelf_->get(name);
    if (!there)
        co_return std::unexpected(there.error());
    if (!*there || (*there)->version <= from_cookie.generation)
        co_return std::optional<session>();
    auto plain = keys_.open((*there)->value, name);
    auto value = plain ? decode_session(*plain) : std::unexpected(plain.error());
    if (plain)
        wipe(plain->data(), plain->size());
    if (!value || value->id != from_cookie.id || value->generation != (*there)->version)
        co_return fail(errc::session_store_unavailable, step, "a renewed session that cannot be read");
    // The cookie may have slid on since the renewal.
    value->last_seen = std::max(value->last_seen, from_cookie.last_seen);
    co_return std::optional(std::move(*value));
}

net::task<result<void>> handover::take(const session_id& id)
{
    auto taken = co_await shelf_->take(handover_name(id));
    if (!taken)
        co_return std::unexpected(taken.error());
    co_return result<void>();
}

} // namespace sekisho::session
