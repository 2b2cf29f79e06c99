// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps sessions in the browser: sealed, and split over up to max_chunks cookies.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "http/fields.hpp"
#include "session/cookie_config.hpp"
#include "session/cookie_meter.hpp"
#include "session/handover.hpp"
#include "session/jar.hpp"
#include "session/sealed_cookie.hpp"
#include "session/session.hpp"
#include "session/store.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sekisho::session
{

// Immutable; may be shared between threads. `random` must outlive it.
class cookie_store final : public store
{
public:
    // `keys`: a ring of the purpose "session". `renewed`: where sessions are whose tokens were renewed, until
    // the browser has the new cookie; null: none ever is. `meter` is told what browsers are given; null:
    // nobody is.
    cookie_store(
        cookie_config config,
        crypto::key_ring keys,
        crypto::random_source& random,
        std::shared_ptr<handover> renewed = nullptr,
        std::shared_ptr<cookie_meter> meter = nullptr
    );

    net::task<result<set_cookies>>
    create(const session& value, std::span<const http::field> request, time_point now) override;
    net::task<result<found_session>> find(const session_cookies& cookies, time_point now) override;
    net::task<result<bool>> replace(const session& renewed, time_point now) override;
    net::task<result<std::optional<session>>> newest(const session& known, time_point now) override;
    // Only of a renewal: the rest the browser has, and session/keeper remembers that it has ended.
    net::task<result<void>> take(const session_id& id) override;
    // The same session with last_seen = now, sealed again.
    result<set_cookies>
    reissue(const session& value, std::span<const http::field> request, time_point now) const override;
    set_cookies erase(std::span<const http::field> request) const override { return cookie_.erase(request); }
    bool is_told_of_changes() const noexcept override { return true; }
    bool has_room() const noexcept override { return false; }
    const jar& cookies() const noexcept override { return cookie_.cookies(); }

    // The cookies of this value as it is. Errors: as create().
    result<set_cookies>
    seal(const session& value, std::span<const http::field> request, time_point now) const;
    // What the cookies themselves say. Error: session_required.
    result<session> open(const session_cookies& cookies) const;

private:
    result<set_cookies>
    issue(const session& value, std::span<const http::field> request, time_point now) const;

    sealed_cookie cookie_;
    crypto::key_ring keys_;
    crypto::random_source* random_;
    std::shared_ptr<handover> renewed_;
    std::shared_ptr<cookie_meter> meter_;
};

} // namespace sekisho::session
