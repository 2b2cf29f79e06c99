// SPDX-License-Identifier: Apache-2.0
#pragma once
// The running gate: its workers, listeners and life. Tests run the same one, with other edges.

#include "app/composition/composition.hpp"
#include "gateway/endpoint/admin.hpp"
#include "gateway/pipeline.hpp"
#include "net/worker.hpp"
#include "server/front.hpp"
#include "settings/model.hpp"
#include "upstream/tunnel.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace sekisho::app
{

// A worker with what runs on it.
struct lane
{
    lane(metric::registry& metrics, std::size_t listeners);

    // Forgets and closes what belongs to ended sessions. On this worker.
    void end(const session::ending& what);

    net::worker worker;
    upstream::tunnel_list tunnels;
    gateway::lasting_list lasting;
    gateway::entrance entrance;
    server::front_metrics metrics;
    std::vector<std::unique_ptr<server::front>> fronts; // one per listener
    std::thread thread;
};

class gate
{
public:
    // `read_file` and `variables` as foundation has them.
    gate(
        settings::model with,
        std::function<result<std::string>(const std::string&)> read_file,
        settings::environment variables = {}
    );
    ~gate();
    gate(const gate&) = delete;
    gate& operator=(const gate&) = delete;

    // Composes, binds and starts the workers; returns once connections are accepted. The control worker is
    // run by the caller. Problems: nothing was started.
    std::expected<void, std::vector<composition_problem>> start();

    // The control worker: the admin listener, every call to the provider, and whatever the caller adds.
    net::worker& control() noexcept { return control_; }

    // The ports that were bound, in the order of server.listen; the admin listener's, 0: none.
    std::vector<std::uint16_t> ports() const;
    std::uint16_t admin_port() const noexcept { return admin_port_; }

    // Other settings from the next request on. Problems: everything stays as it is. What needs a restart
    // (listeners, workers) is named in the result. On the control worker.
    std::expected<std::vector<std::string>, std::vector<composition_problem>> reload(settings::model with);

    // Ends politely: readiness fails, after shutdown_delay no more connections, requests under way finish
    // within shutdown_grace, WebSockets are closed with 1001. Then stops all workers and the control worker.
    // On the control worker.
    net::task<void> shut_down();
    // Without manners.
    void stop();

    const metric::registry& metrics() const noexcept { return metrics_; }

private:
    using problems = std::vector<composition_problem>;

    std::expected<void, problems> bind_all();
    std::expected<void, problems> bind_admin();
    void install(const composed& parts);
    // Reads the endings that others told while nobody listened here, and tells ours that could not be told.
    net::task<void> catch_up();
    // The same again and again until it worked.
    net::task<void> keep_caught_up();
    // What others tell about sessions reaches the configuration of the moment.
    void listen_to(const live_shelf& notes);
    void run_providers(const provider_set& set, const provider_set& already);
    net::task<void> look_at_upstream();
    net::task<void> watch_upstream();
    std::vector<gateway::dependency> dependencies() const;
    void on_every_lane(const std::function<void(lane&)>& action);

    settings::model settings_;
    metric::registry metrics_;
    net::worker control_;
    foundation foundation_;
    composed parts_;
    std::vector<std::unique_ptr<server::connection_count>> counts_; // one per listener
    std::vector<std::unique_ptr<lane>> lanes_;
    std::vector<std::uint16_t> ports_;
    metric::gauge& local_restore_is_on_;
    server::connection_count admin_count_;
    gateway::admin admin_;
    std::unique_ptr<server::front> admin_front_;
    std::uint16_t admin_port_ = 0;
    std::string upstream_problem_; // of the last look; empty: none
    bool upstream_was_seen_ = false;
    bool is_draining_ = false;
    bool must_catch_up_ = false;
    bool endings_are_unknown_ = false; // said in the log
    bool has_started_ = false;         // and was not stopped yet
};

} // namespace sekisho::app
