// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the gateway knows of keeping sessions: begins, finds, renews and ends them, wherever they live, and
// remembers who has one and which ones have ended.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/seal.hpp"
#include "net/task.hpp"
#include "session/ending.hpp"
#include "session/lifetimes.hpp"
#include "session/shelf.hpp"
#include "session/store.hpp"
#include "session/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace sekisho::session
{

enum class too_many : std::uint8_t
{
    end_oldest,
    refuse,
};

struct keeper_rules
{
    lifetimes limits;
    std::size_t max_per_person = 0; // 0: any number
    too_many when_too_many = too_many::end_oldest;
};

// Told of each ending, from any thread: caches forget, WebSockets and event streams end. Called before the
// shelf knows, so that here it is ended at once even while the shelf is down.
using ending_hook = std::function<void(const ending&)>;

// Endings that have to be remembered because a sealed cookie outlives them. Survives reloads. Any thread.
class ended_sessions
{
public:
    void add(const ending& what);
    bool has(const session& value, time_point now) const; // drops what is over on the way
    std::size_t size() const;

private:
    mutable std::mutex mutex_;
    mutable std::vector<ending> endings_;
};

// May be used from any worker and answers there. One per configuration.
class keeper
{
public:
    // `keys`: a ring of the purpose "session_note", for what is put on the shelf beside sessions. All outlive
    // it or are shared.
    keeper(
        std::shared_ptr<store> where,
        std::shared_ptr<shelf> notes,
        std::shared_ptr<ended_sessions> ended,
        crypto::key_ring keys,
        const std::vector<secret>& name_secrets, // of the ring: names under each of them are looked up
        keeper_rules by,
        ending_hook on_ending,
        crypto::random_source& random
    );

    const jar& cookies() const noexcept { return store_->cookies(); }
    const lifetimes& limits() const noexcept { return by_.limits; }
    store& where() const noexcept { return *store_; }
    shelf& notes() const noexcept { return *notes_; }

    // A session that begins. Errors: session_too_large, session_store_unavailable, session_limit_reached.
    net::task<result<set_cookies>>
    begin(const session& value, std::span<const http::field> request, time_point now);

    // The session in these cookies, if it has neither ended nor expired. Errors: as store::find().
    net::task<result<found_session>> find(const session_cookies& cookies, time_point now);

    // As store::replace(), and the person's summary follows.
    net::task<result<bool>> renew(const session& renewed, time_point now);

    // Moves last_seen on, where the store can; nothing is lost when it fails.
    net::task<void> touch(session value, time_point now);

    // Ends what is meant here and, through the shelf, everywhere; how many sessions were known of it. When
    // the shelf is down it holds here, and the error says that the others do not know yet; it is told to them
    // when the shelf is back. Errors: session_store_unavailable.
    net::task<result<std::size_t>> end(ending what);

    // Who has a session, the last used first; of one user id, or (empty) of all. In the order of `created`.
    net::task<result<std::vector<summary>>> list(std::string user, time_point now);

    // An ending from another replica. Any thread.
    void apply(const ending& what);
    // Reads the endings that others published while we did not listen.
    net::task<result<void>> catch_up();

private:
    std::shared_ptr<store> store_;
    std::shared_ptr<shelf> notes_;
    std::shared_ptr<ended_sessions> ended_;
    crypto::key_ring keys_;
    keeper_rules by_;
    ending_hook on_ending_;
    crypto::random_source* random_;
};

} // namespace sekisho::session
