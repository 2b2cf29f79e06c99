// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the gateway knows of keeping sessions: begins, finds, renews and ends them, wherever they live, and
// remembers who has one and which ones have ended.

#include "base/log_repetition.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/seal.hpp"
#include "net/task.hpp"
#include "session/ended_sessions.hpp"
#include "session/ending.hpp"
#include "session/lifetimes.hpp"
#include "session/shelf.hpp"
#include "session/store.hpp"
#include "session/summaries.hpp"
#include "session/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

    // The session in these cookies, if it has neither ended nor expired. Errors: as store::find(); while it
    // is not known which sessions ended before this process began: session_store_unavailable.
    net::task<result<found_session>> find(const session_cookies& cookies, time_point now);

    // As store::newest(), nullopt also when it has ended or expired: asked before a refresh token is used,
    // when the lock is held.
    net::task<result<std::optional<session>>> newest(const session& known, time_point now);

    // As store::replace(), and the person's summary follows. false also when it has ended meanwhile.
    net::task<result<bool>> renew(const session& renewed, time_point now);

    // Moves last_seen on, where the store can; nothing is lost when it fails.
    net::task<void> touch(session value, time_point now);

    // Ends what is meant here and, through the shelf, everywhere; how many sessions were known of it. When
    // the shelf is down it holds here, and the error says that the others do not know yet; it is told to them
    // when the shelf is back. No `until`: as long as any session may last. Errors: session_store_unavailable.
    net::task<result<std::size_t>> end(ending what);

    // Whether a session is known that this means: for words that nobody proved, which are not to be
    // remembered for every session somebody could think of. Error: session_store_unavailable.
    net::task<result<bool>> knows(ending what);

    // Who has a session, the last used first; of one user id, or (empty) of all. Error:
    // session_store_unavailable.
    net::task<result<std::vector<summary>>> list(std::string user, time_point now);

    // Whether it has ended as far as this process knows, for who found it a moment ago. Any thread.
    bool has_ended(const session& value, time_point now) const { return ended_->has(value, now); }

    // An ending from another replica; caches are told of it only when it says something new. Any thread.
    void apply(const ending& what);
    // A message of the shelf's listener: an ending, or somebody's forgery, which is logged and dropped. Any
    // thread.
    void hear(std::string_view message);
    // Tells what could not be told before, and reads the endings that others published while we did not
    // listen; for the listener's `gap`. Error: session_store_unavailable.
    net::task<result<void>> catch_up();

private:
    // Error: session_store_unavailable.
    net::task<result<void>> know_endings();
    // Of one of which only this is known.
    ending ending_of(const summary& value, time_point now) const;
    noted noted_of(const session& value, time_point now) const;
    // The sessions of this person that go when this one begins. Errors: session_limit_reached,
    // session_store_unavailable.
    net::task<result<std::vector<summary>>>
    leaving_for(const session& value, std::span<const http::field> request, time_point now);
    net::task<result<std::size_t>> end_on_shelf(const ending& what);
    net::task<result<std::size_t>> take_away(const ending& what);

    std::shared_ptr<store> store_;
    std::shared_ptr<shelf> notes_;
    std::shared_ptr<ended_sessions> ended_;
    crypto::key_ring keys_;
    summaries summaries_;
    keeper_rules by_;
    ending_hook on_ending_;
    crypto::random_source* random_;
    log::repetition not_touched_;
    log::repetition dropped_;
};

} // namespace sekisho::session
