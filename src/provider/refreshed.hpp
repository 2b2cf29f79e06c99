// SPDX-License-Identifier: Apache-2.0
#pragma once
// One document of the provider that is kept fresh: fetched once for all who wait for it, the old one serving
// until the new one is there, failures remembered for as long as the back-off says.

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/run_on.hpp"
#include "net/task.hpp"
#include "provider/refresh_schedule.hpp"
#include "provider/services.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace sekisho::provider
{

// What readiness tells about a document.
struct document_state
{
    enum class kind : std::uint8_t
    {
        never_fetched,
        ok,
        failing, // the last attempt failed; an older document may still serve
    };
    kind what = kind::never_fetched;
    bool is_usable = false; // there is a document
    time_point since{};     // ok: when it was fetched; failing: when the first failure in a row happened
    std::optional<error> last_error; // failing
};

// In [0, 1).
double jitter(crypto::random_source& random);

template <class Value>
class refreshed
{
public:
    using snapshot = std::shared_ptr<const Value>;
    struct fetched
    {
        snapshot value;
        std::chrono::milliseconds life{0}; // what Cache-Control allows; 0: it says nothing
    };
    using download = std::function<net::task<result<fetched>>()>;

    refreshed(refresh_intervals intervals, const services& with, download how)
        : with_(with), download_(std::move(how)), schedule_(intervals)
    {
    }

    // The newest document, null when there never was one. Any thread.
    snapshot peek() const
    {
        const std::scoped_lock lock(mutex_);
        return newest_;
    }
    // Any thread.
    document_state state() const
    {
        const std::scoped_lock lock(mutex_);
        return state_;
    }

    // Before anybody else knows this object: the document is given, and never fetched.
    void settle(snapshot given)
    {
        schedule_.settle();
        newest_ = std::move(given);
        state_ = {document_state::kind::ok, true, with_.now(), std::nullopt};
    }

    // The rest runs on `home` only.

    // The newest document; fetches it when there never was one. Errors: what the download or, while the
    // back-off lasts, the last one answered.
    net::task<result<snapshot>> get()
    {
        if (auto have = peek())
            co_return have;
        auto outcome = co_await fetch();
        co_return outcome;
    }

    // Fetches it again, once for all who ask meanwhile.
    net::task<result<snapshot>> fetch()
    {
        if (const auto flight = current_.lock(); flight && !flight->is_over)
        {
            (void)co_await flight->landed.async_wait(net::in_tuple);
            co_return flight->outcome;
        }
        if (schedule_.must_wait(with_.steady_now()))
            co_return std::unexpected(state().last_error.value_or(error{}));
        const auto flight = std::make_shared<one_flight>(with_.home);
        const landing ends(flight);
        current_ = flight;
        auto outcome = co_await download_();
        flight->outcome = record(std::move(outcome));
        co_return flight->outcome;
    }

    bool is_fetching() const
    {
        const auto flight = current_.lock();
        return flight && !flight->is_over;
    }
    bool is_due() const { return schedule_.is_due(with_.steady_now()); }
    steady_time next_attempt() const { return schedule_.next_attempt(); }

private:
    // Owned by the coroutines that fly and wait, so that nothing of it outlives their io_context.
    struct one_flight
    {
        explicit one_flight(net::executor home) : landed(home, net::wake_up::time_point::max()) {}
        net::wake_up landed;
        bool is_over = false;
        result<snapshot> outcome = fail(errc::shutting_down, "provider", "the fetch was abandoned");
    };
    // Wakes those who wait, however the fetch ends.
    struct landing
    {
        explicit landing(std::shared_ptr<one_flight> of) : flight(std::move(of)) {}
        landing(const landing&) = delete;
        landing& operator=(const landing&) = delete;
        ~landing()
        {
            flight->is_over = true;
            flight->landed.cancel();
        }
        std::shared_ptr<one_flight> flight;
    };

    result<snapshot> record(result<fetched> outcome)
    {
        const auto now = with_.steady_now();
        const std::scoped_lock lock(mutex_);
        if (outcome)
        {
            schedule_.succeeded(now, outcome->life);
            newest_ = std::move(outcome->value);
            state_ = {document_state::kind::ok, true, with_.now(), std::nullopt};
            return newest_;
        }
        schedule_.failed(now, jitter(with_.random));
        const auto since = state_.what == document_state::kind::failing ? state_.since : with_.now();
        state_ = {document_state::kind::failing, newest_ != nullptr, since, outcome.error()};
        return std::unexpected(outcome.error());
    }

    const services& with_;
    download download_;
    refresh_schedule schedule_;         // home only
    std::weak_ptr<one_flight> current_; // home only
    mutable std::mutex mutex_;          // guards what any thread may read:
    snapshot newest_;
    document_state state_;
};

} // namespace sekisho::provider
