// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a failure is answered: a page or JSON, one log line at the level of its row, one count by its code.
// While something is away that every request needs, one line in a while is at that level, the others at
// debug.

#include "base/error.hpp"
#include "base/log_repetition.hpp"
#include "base/metric.hpp"
#include "gateway/addresses.hpp"
#include "gateway/context.hpp"
#include "gateway/insight.hpp"
#include "net/exchange.hpp"
#include "net/task.hpp"
#include "pages/language.hpp"
#include "session/store.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::gateway
{

struct refusal_options
{
    std::string return_to{};               // where a new sign-in would lead; empty: "/"
    session::set_cookies cookies{};        // sent along
    std::chrono::seconds retry_after{0};   // 0: what is usual for the code
    std::string_view allow{};              // the Allow field of a 405
    std::string_view challenge{};          // of a 401, instead of the usual one
    std::optional<pages::text_key> note{}; // one more sentence for a person
};

// What every request meets while something is away.
inline constexpr std::array outages{
    errc::oidc_metadata_fetch_failure,
    errc::oidc_key_fetch_failure,
    errc::session_store_unavailable,
    errc::emergency_unavailable,
    errc::upstream_unreachable,
};

// One per worker.
class refusal
{
public:
    // `ours` and `metrics` outlive it. Makes sekisho_refusals_total{code}.
    refusal(const addresses& ours, metric::registry& metrics, insight shown_to = {});

    // Answers, unless the answer has begun already: then the connection is only closed. The detail and
    // `where` go to the log, and to a client only on the page of somebody with insight. `about` may be empty
    // (a head that could not be read).
    net::task<void>
    answer(net::exchange& exchange, const context& about, error why, refusal_options options = {});

private:
    void note(const net::exchange& exchange, const context& about, const error& why);

    const addresses& ours_;
    insight shown_to_;
    std::vector<metric::counter*> counts_; // by code
    std::array<log::repetition, outages.size()> repeated_;
};

// Whether the page of this failure offers to sign in again.
bool offers_sign_in(errc code) noexcept;

} // namespace sekisho::gateway
