// SPDX-License-Identifier: Apache-2.0
#pragma once
// The only place that knows all concrete classes together: settings become the objects that serve requests.
// Nothing is started here, so `check` composes exactly what `serve` runs.

#include "app/composition/provider.hpp"
#include "app/composition/sessions.hpp"
#include "gateway/configuration.hpp"
#include "net/worker.hpp"
#include "provider/registry.hpp"
#include "server/front.hpp"
#include "settings/load.hpp"
#include "settings/model.hpp"

#include <atomic>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sekisho::app
{

// The providers of one configuration, each with the client it calls through.
struct provider_set
{
    std::vector<std::shared_ptr<live_provider>> living; // in the registry's order
    provider::registry providers;

    bool holds(const live_provider& one) const;
};

// What outlives every reload.
struct foundation
{
    net::worker& control;
    metric::registry& metrics;
    secret random_secret; // instead of an unset session.secret: made once, so that a reload signs nobody out
    std::shared_ptr<gateway::used_sign_ins> used = std::make_shared<gateway::used_sign_ins>();
    std::shared_ptr<session::ended_sessions> ended = std::make_shared<session::ended_sessions>();
    // Reads certificates and the like. The detail of its error says why not.
    std::function<result<std::string>(const std::string& name)> read_file;
    std::shared_ptr<gateway::local_restore> local{}; // made when local.restore goes on; null: it is off
    session::ending_hook on_ending{};                // told of each ending, from any thread; empty: nobody
    // Told of each session whose value was replaced, from any thread; empty: nobody.
    std::function<void(const session::session_id&)> on_change{};
    settings::environment variables{}; // for HTTPS_PROXY and the like
    // Renewals beside requests, of every configuration.
    std::shared_ptr<std::atomic<std::size_t>> renewals_under_way =
        std::make_shared<std::atomic<std::size_t>>(0);
    std::shared_ptr<gateway::emergency_attempts> emergency = std::make_shared<gateway::emergency_attempts>();
    std::shared_ptr<gateway::form_room> forms = std::make_shared<gateway::form_room>();
};

struct composed
{
    std::shared_ptr<provider_set> providers;
    std::shared_ptr<live_shelf> shelf;
    std::shared_ptr<const gateway::configuration> gateway;
    std::shared_ptr<const server::rules> front;
    std::shared_ptr<const server::rules> admin_front;
};

// A random secret for foundation::random_secret.
secret make_random_secret();

// Everything, or every problem. `before`: the configuration before; those of its providers and its shelf
// whose settings are the same live on.
std::expected<composed, std::vector<composition_problem>>
compose(const settings::model& from, const foundation& on, const composed* before = nullptr);

} // namespace sekisho::app
