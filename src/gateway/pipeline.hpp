// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way of every request, as one function that can be read aloud. One per worker and configuration.

#include "base/metric.hpp"
#include "gateway/access_log.hpp"
#include "gateway/admission.hpp"
#include "gateway/authentication.hpp"
#include "gateway/configuration.hpp"
#include "gateway/decision.hpp"
#include "gateway/endpoint/callback.hpp"
#include "gateway/endpoint/emergency.hpp"
#include "gateway/endpoint/ending_endpoints.hpp"
#include "gateway/endpoint/initiate.hpp"
#include "gateway/endpoint/jwks.hpp"
#include "gateway/endpoint/local_sign_in.hpp"
#include "gateway/endpoint/resume.hpp"
#include "gateway/endpoint/session_info.hpp"
#include "gateway/endpoint/sign_in.hpp"
#include "gateway/endpoint/test_sign_in.hpp"
#include "gateway/forward.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/departure.hpp"
#include "net/exchange.hpp"
#include "net/worker.hpp"
#include "upstream/pool.hpp"

#include <chrono>
#include <memory>
#include <string_view>

namespace sekisho::gateway
{

class pipeline
{
public:
    // `metrics`, `tunnels` and `lasting` outlive it.
    pipeline(
        net::worker& home,
        std::shared_ptr<const configuration> by,
        metric::registry& metrics,
        upstream::tunnel_list& tunnels,
        lasting_list& lasting
    );

    net::task<void> handle(net::exchange& exchange);
    net::task<void> refuse(net::exchange& exchange, error why);

    // Forgets what this worker knows of sessions that an ending means, or of one whose value has changed.
    void forget(const session::ending& what) { opened_.forget(what); }
    void forget(const session::session_id& id) { opened_.forget(id); }

    // Housekeeping, on each turn of the worker's wheel.
    void turn();

private:
    endpoint* our_own(std::string_view path) noexcept;
    verdict decide_on(const http::request_head& request, const context& about) const noexcept;
    net::task<void> pass(net::exchange& exchange, visit& here);
    // Of a session whose tokens end: beside the request, or before it.
    net::task<void> renew(const http::request_head& request, context& about, need how);
    // Whether a page was sent to the provider again, for a session whose tokens nobody can renew.
    new_sign_in signs_in_again(const http::request_head& request, const context& about) const noexcept;
    net::task<void> relay(net::exchange& exchange, const visit& here);
    void
    note(const net::exchange& exchange, const context& about, std::chrono::steady_clock::time_point began);

    std::shared_ptr<const configuration> by_;
    std::uint64_t our_lengths_; // addresses::lengths()
    request_ids ids_;
    session::opened_cache opened_;
    authentication authentication_;
    refusal refusal_;
    upstream::pool pool_;
    forward forward_;
    departure departure_;
    sign_in sign_in_;
    initiate initiate_;
    callback callback_;
    ending_endpoints endings_;
    test_sign_in test_sign_in_;
    local_sign_in local_sign_in_;
    emergency_sign_in emergency_;
    resume resume_;
    session_info session_info_;
    jwks jwks_;
    access_log access_log_;
    std::array<metric::counter*, 5> answers_; // by class of status
    metric::histogram& durations_;
};

// What a worker's listeners hand exchanges to: the pipeline of the configuration of the moment.
class entrance final : public net::handler
{
public:
    void use(std::shared_ptr<pipeline> now) { now_ = std::move(now); }
    void turn()
    {
        if (now_)
            now_->turn();
    }
    template <class What>
    void forget(const What& what)
    {
        if (now_)
            now_->forget(what);
    }

    net::task<void> handle(net::exchange& exchange) override;
    net::task<void> refuse(net::exchange& exchange, error why) override;

private:
    std::shared_ptr<pipeline> now_;
};

} // namespace sekisho::gateway
