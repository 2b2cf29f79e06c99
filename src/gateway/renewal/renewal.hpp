// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions whose tokens are renewed and whose people are asked for again: once for all requests and all
// replicas, beside the requests as long as the tokens are good.

#include "base/log_repetition.hpp"
#include "base/metric.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "gateway/renewal/notes.hpp"
#include "gateway/renewal/plan.hpp"
#include "gateway/renewal/turn.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "gateway/sign_in/session_making.hpp"
#include "net/run_on.hpp"
#include "net/task.hpp"
#include "provider/registry.hpp"
#include "session/keeper.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sekisho::gateway
{

// Its own copies or shared: flights outlive a reload.
struct renewal_parts
{
    renewal_rules by;
    turn_rules turns;
    session_making making;
    std::shared_ptr<provider::registry> providers;
    provider_offers offers; // of the same providers
    std::shared_ptr<session::keeper> sessions;
    crypto::random_source& random;
    metric::registry& metrics;
    net::executor home; // the control worker
    // Spawns on `home`; from any thread.
    std::function<void(net::task<void>)> spawn;
    // Told of each session of which there is a newer value, on `home`: caches forget.
    std::function<void(const session::session_id&)> session_changed{};
    // Ours, for providers that want an Origin at the token endpoint; nullopt: not known without a request.
    std::optional<oidc::redirect_uri> redirect{};
    // After which a session that no store took is tried again the first time (keep_again_after).
    std::chrono::milliseconds keep_again{1000};
    std::function<time_point()> now = wall_clock_now;
};

class renewal : public std::enable_shared_from_this<renewal>
{
public:
    // Makes sekisho_token_renewals_total{outcome}. To be owned by a shared_ptr.
    explicit renewal(renewal_parts parts);

    // Of each request with a session, on its worker. Allocates nothing; takes no lock unless a renewal is
    // due.
    need needed(const session::session& value, time_point now) const noexcept;

    // Beside the request; nothing happens when one is under way. Any worker.
    void start(session::session value);

    // Waits for it, with all who wait for the same session. Any worker. The renewed value; where the provider
    // or a store is down the one that was given, as long as session.on_refresh_failure lets it live; its
    // tokens may have ended. Error: oidc_refresh_refused: the session has ended.
    net::task<result<session::session>> renew(session::session value);

    // Whether the next page that this person opens signs in again, though the session lives.
    new_sign_in signs_in_again(const session::session& value, time_point now) const noexcept;
    // The browser was sent to ask again without a word. Where nothing comes of it the session goes on, and
    // the next page is not sent there too: for a minute, and longer each time.
    void has_left(const session::session& value, time_point now);

private:
    struct flight;
    struct landing;
    enum class outcome : std::uint8_t
    {
        renewed,   // by us, tokens or only the person
        elsewhere, // by another replica
        refused,   // the session has ended
        failed,    // the provider could not be asked, or its answer was no good
        not_kept,  // no store took it; it lives on here and is tried again
        count_,
    };
    using self = std::shared_ptr<renewal>;
    using value_or_end = result<session::session>;

    // A coroutine that owns what it needs.
    static net::task<value_or_end> fly(self with, session::session value);
    static net::task<void> fly_beside(self with, session::session value);
    static net::task<void> keep_until_kept(self with, turn mine);

    net::task<value_or_end> attempt(session::session value);
    net::task<value_or_end> carry_out(turn mine);
    net::task<value_or_end> refresh(session::session value, turn& mine);
    net::task<value_or_end> recheck(session::session value, turn& mine);
    // Puts who it is now into the value. Errors: the provider's, and those of our own rules.
    result<void> apply(session::session& to, provider::renewed_sign_in& answer) const;
    net::task<value_or_end> keep_it(session::session made, turn& mine);
    enum class kept : std::uint8_t
    {
        ours,
        theirs, // a newer one, which is in place of ours now
        none,   // the session has ended
    };
    net::task<result<kept>> try_to_keep(session::session& made, const turn& mine);
    net::task<value_or_end> fail_with(session::session value, error why);
    // An outage: the session goes on, or ends where the settings say so.
    net::task<value_or_end> give_up_or_on(session::session value, error why);
    // The last word.
    net::task<value_or_end> end(session::session value, error why);

    renewal_plan plan_of(const session::session& value, time_point now) const noexcept;
    session::session fitting(session::session made, time_point now) const;
    provider::renewal_expectations expectations_of(const session::session& value) const;
    life_span life_of(const session::session& value) const;
    enum class after : std::uint8_t
    {
        it_goes_on,
        it_ends,
    };
    void note_failure(const session::session& value, const error& why, after then);
    void tell_of_failure(const session::session& value, const error& why, after then, time_point next_try);
    void count(outcome what) { counters_.at(static_cast<std::size_t>(what))->add(); }
    void changed(const session::session_id& id) const;

    renewal_parts with_;
    renewal_turns turns_;
    renewal_notes notes_;
    std::array<metric::counter*, static_cast<std::size_t>(outcome::count_)> counters_{};
    std::unordered_map<std::string, std::weak_ptr<flight>> flights_; // `home` only
    log::repetition store_failures_;
};

} // namespace sekisho::gateway
