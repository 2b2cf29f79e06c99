// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps sessions on a shelf. The browser's cookie is a ticket: the session's id and a key without which the
// value on the shelf cannot be opened, not even with the server's secret.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "session/cookie_meter.hpp"
#include "session/lifetimes.hpp"
#include "session/sealed_cookie.hpp"
#include "session/shelf.hpp"
#include "session/store.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::session
{

// May be used from any worker and answers there; `random` must outlive it. The sessions that it finds carry
// their ticket's key (session::ticket_key), which replace(), touch(), newest() and reissue() need.
class ticket_store final : public store
{
public:
    // Who changes what is on the shelf.
    enum class shared_by : std::uint8_t
    {
        workers,  // of this process: it is told of every change
        replicas, // others too
    };

    // `secrets`: the current one first, then those still accepted. `meter` is told what browsers are given;
    // null: nobody is.
    ticket_store(
        cookie_config config,
        std::shared_ptr<shelf> where,
        shared_by whom,
        std::vector<secret> secrets,
        lifetimes limits,
        crypto::random_source& random,
        std::shared_ptr<cookie_meter> meter = nullptr
    );

    net::task<result<set_cookies>>
    create(const session& value, std::span<const http::field> request, time_point now) override;
    net::task<result<found_session>> find(const session_cookies& cookies, time_point now) override;
    net::task<result<bool>> replace(const session& renewed, time_point now) override;
    net::task<result<std::optional<session>>> newest(const session& known, time_point now) override;
    net::task<result<bool>> touch(const session& value, time_point now) override;
    net::task<result<void>> take(const session_id& id) override;
    // Only for a ticket that an older secret sealed: nothing else in it changes.
    result<set_cookies>
    reissue(const session& value, std::span<const http::field> request, time_point now) const override;
    set_cookies erase(std::span<const http::field> request) const override { return cookie_.erase(request); }
    bool is_told_of_changes() const noexcept override { return whom_ == shared_by::workers; }
    bool has_room() const noexcept override { return true; }
    const jar& cookies() const noexcept override { return cookie_.cookies(); }

private:
    struct ticket
    {
        session_id id;
        secret key;
    };
    result<ticket> open(const session_cookies& cookies, const crypto::key_ring& keys) const;
    std::string sealed(const ticket& what) const;
    // Of the values of one session.
    crypto::key_ring ring_of(const secret& ticket_key) const;
    shelved sealed(const session& value, std::uint64_t version) const;
    net::task<result<std::optional<session>>> read(ticket by) const;
    std::chrono::milliseconds life_of(const session& value, time_point now) const;

    sealed_cookie cookie_;
    std::shared_ptr<shelf> shelf_;
    shared_by whom_;
    std::vector<secret> secrets_;
    crypto::key_ring tickets_;        // opens what any of the secrets sealed
    crypto::key_ring current_ticket_; // only what the current one sealed
    lifetimes limits_;
    crypto::random_source* random_;
    std::shared_ptr<cookie_meter> meter_;
};

} // namespace sekisho::session
