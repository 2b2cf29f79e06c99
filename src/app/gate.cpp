// SPDX-License-Identifier: Apache-2.0
#include "app/gate.hpp"

#include "app/local_mode.hpp"
#include "app/pause.hpp"
#include "base/log.hpp"
#include "settings/table.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace sekisho::app
{

using net::task;

namespace
{

server::front_metrics make_front_metrics(metric::registry& metrics, std::string_view listener)
{
    const auto label = metric::label("listener", listener);
    return {
        metrics.make_counter("sekisho_connections_accepted_total", "Connections from clients.", label),
        metrics.make_counter(
            "sekisho_connections_refused_total", "Connections above server.max_connections.", label
        ),
        metrics.make_gauge("sekisho_connections_open", "Connections from clients that are open.", label),
    };
}

std::size_t worker_count(const settings::server_settings& from)
{
    return from.workers != 0 ? from.workers : std::max(1U, std::thread::hardware_concurrency());
}

} // namespace

lane::lane(metric::registry& registry, std::size_t listeners)
    : metrics(make_front_metrics(registry, "public"))
{
    fronts.reserve(listeners);
}

void lane::end(const session::ending& what)
{
    entrance.forget(what);
    lasting.end(what);
}

gate::gate(
    settings::model with,
    std::function<result<std::string>(const std::string&)> read_file,
    settings::environment variables
)
    : settings_(std::move(with)),
      foundation_{
          control_,
          metrics_,
          make_random_secret(),
          std::make_shared<gateway::used_sign_ins>(),
          std::make_shared<session::ended_sessions>(),
          std::move(read_file),
          nullptr,
          {},
          {},
          std::move(variables)
      },
      local_restore_is_on_(metrics_.make_gauge(
          "sekisho_local_restore", "1 while local.restore is on and sign-in at the provider is off."
      )),
      admin_(
          metrics_,
          {[this] { return dependencies(); }},
          [this] { return gateway::session_access{parts_.gateway->sessions, settings_.admin.token}; }
      )
{
}

gate::~gate()
{
    stop();
    control_.abandon();
}

std::expected<void, gate::problems> gate::start()
{
    std::signal(SIGPIPE, SIG_IGN); // a peer that is gone is an error of one write, not the end of the program
    foundation_.on_ending = [this](const session::ending& what)
    { on_every_lane([what](lane& each) { each.end(what); }); };
    foundation_.on_change = [this](const session::session_id& id)
    { on_every_lane([id](lane& each) { each.entrance.forget(id); }); };
    const auto local = next_local_mode(nullptr, settings_.local);
    foundation_.local = local.state;
    auto made = compose(settings_, foundation_);
    if (!made)
        return std::unexpected(std::move(made.error()));
    parts_ = std::move(*made);
    listen_to(*parts_.shelf);
    load_sessions(settings_, foundation_, *parts_.shelf);
    for (std::size_t index = 0; index < worker_count(settings_.server); ++index)
        lanes_.push_back(std::make_unique<lane>(metrics_, settings_.server.listen.size()));
    install(parts_); // posted first, so that it is done before the first connection is looked at
    if (auto bound = bind_all(); !bound)
        return bound;
    if (auto bound = bind_admin(); !bound)
        return bound;
    tell(local, settings_, local_restore_is_on_);
    run_providers(*parts_.providers, {});
    control_.spawn("watch upstream", watch_upstream());
    control_.spawn("endings", keep_caught_up());
    control_.on_turn([this,
                      &up = metrics_.make_gauge(
                          "sekisho_session_store_up",
                          "1 while the store that replicas share answers; 0 while not."
                      )] { up.set(parts_.shelf->one->state().is_usable ? 1 : 0); });
    has_started_ = true;
    for (auto& each : lanes_)
        each->thread = std::thread([&lane = *each] { lane.worker.run(); });
    return {};
}

std::expected<void, gate::problems> gate::bind_all()
{
    for (const auto& address : settings_.server.listen)
    {
        counts_.push_back(std::make_unique<server::connection_count>());
        auto port = address.port;
        for (auto& each : lanes_)
        {
            auto acceptor = net::listen_on(each->worker.get_executor(), address.host, port);
            if (!acceptor)
                return std::unexpected(problems{{"server.listen", acceptor.error().detail}});
            port = acceptor->local_endpoint().port();
            auto& front = each->fronts.emplace_back(std::make_unique<server::front>(
                each->worker, each->entrance, parts_.front, *counts_.back(), each->metrics
            ));
            front->start(std::move(*acceptor));
        }
        ports_.push_back(port);
    }
    return {};
}

std::expected<void, gate::problems> gate::bind_admin()
{
    if (!settings_.admin.listen)
        return {};
    const auto& address = *settings_.admin.listen;
    auto acceptor = net::listen_on(control_.get_executor(), address.host, address.port);
    if (!acceptor)
        return std::unexpected(problems{{"admin.listen", acceptor.error().detail}});
    admin_port_ = acceptor->local_endpoint().port();
    admin_front_ = std::make_unique<server::front>(
        control_, admin_, parts_.admin_front, admin_count_, make_front_metrics(metrics_, "admin")
    );
    admin_front_->start(std::move(*acceptor));
    return {};
}

void gate::install(const composed& parts)
{
    for (auto& each : lanes_)
        net::asio::post(
            each->worker.get_executor(),
            [this, &lane = *each, gateway = parts.gateway, front = parts.front]
            {
                lane.entrance.use(std::make_shared<gateway::pipeline>(
                    lane.worker, gateway, metrics_, lane.tunnels, lane.lasting
                ));
                for (auto& listener : lane.fronts)
                    listener->use(front);
                lane.worker.on_turn([&entrance = lane.entrance] { entrance.turn(); });
            }
        );
}

void gate::run_providers(const provider_set& set, const provider_set& already)
{
    for (const auto& each : set.living)
        if (!already.holds(*each))
            control_.spawn(
                "provider",
                [](std::shared_ptr<live_provider> kept) -> task<void>
                {
                    // It lives as long as it runs.
                    co_await kept->one->run();
                    kept.reset();
                }(each)
            );
}

std::vector<std::uint16_t> gate::ports() const { return ports_; }

std::expected<std::vector<std::string>, gate::problems> gate::reload(settings::model with)
{
    const auto local_before = foundation_.local;
    const auto local = next_local_mode(local_before, with.local);
    foundation_.local = local.state;
    auto made = compose(with, foundation_, &parts_);
    if (!made)
    {
        foundation_.local = local_before;
        return std::unexpected(std::move(made.error()));
    }
    std::vector<std::string> need_restart;
    for (const auto& row : settings::table())
        if (row.path == "server.listen" || row.path == "server.workers" || row.path == "admin.listen" ||
            (row.path == "session.memory_limit" && made->shelf == parts_.shelf && parts_.shelf->memory))
            if (row.print(settings_) != row.print(with))
                need_restart.emplace_back(row.path);
    for (const auto& each : parts_.providers->living)
        if (!made->providers->holds(*each))
            each->one->stop();
    run_providers(*made->providers, *parts_.providers);
    with.server.listen = settings_.server.listen;
    with.server.workers = settings_.server.workers;
    with.admin.listen = settings_.admin.listen;
    if (made->shelf == parts_.shelf && parts_.shelf->memory)
        with.session.memory_limit = settings_.session.memory_limit;
    const auto person_before = parts_.gateway->beside.person;
    settings_ = std::move(with);
    const auto other_shelf = made->shelf != parts_.shelf;
    if (other_shelf)
    {
        tell_of_other_shelf(*parts_.shelf, *made->shelf);
        foundation_.ended->set_incomplete();
    }
    parts_ = std::move(*made);
    if (other_shelf)
        listen_to(*parts_.shelf);
    install(parts_);
    tell(local, settings_, local_restore_is_on_);
    if (local_before && !local.state)
        control_.spawn(
            "end local sessions",
            end_local_sessions(parts_.gateway->sessions, person_before, wall_clock_now())
        );
    return need_restart;
}

void gate::on_every_lane(const std::function<void(lane&)>& action)
{
    for (auto& each : lanes_)
        net::asio::post(each->worker.get_executor(), [&lane = *each, action] { action(lane); });
}

task<void> gate::shut_down()
{
    is_draining_ = true;
    // Whoever sends people here looks at readiness first and stops; connections are still welcome meanwhile.
    co_await pause(control_, settings_.server.shutdown_delay);
    on_every_lane(
        [](lane& each)
        {
            for (auto& front : each.fronts)
                front->drain();
            each.tunnels.end_all(http::websocket_close::going_away);
        }
    );
    const auto until = std::chrono::steady_clock::now() + settings_.server.shutdown_grace;
    // Tokens on their way from the provider to the store would be lost.
    const auto is_busy = [&]
    {
        return *foundation_.renewals_under_way != 0 ||
               std::ranges::any_of(counts_, [](const auto& each) { return each->open.load() != 0; });
    };
    co_await pause(control_, std::chrono::milliseconds(20)); // for the lanes to have drained
    while (is_busy() && std::chrono::steady_clock::now() < until)
        co_await pause(control_, std::chrono::milliseconds(20));
    if (is_busy())
        log::warning("gate.grace_is_over", {{"meaning", "connections that are still open are cut"}});
    for (auto& each : lanes_)
        each->worker.stop();
    control_.stop();
}

void gate::stop()
{
    for (auto& each : lanes_)
    {
        each->worker.stop();
        if (each->thread.joinable())
            each->thread.join();
    }
    control_.stop();
    // Connections refer to their lane's listeners and pipeline, so they go first.
    for (auto& each : lanes_)
        each->worker.abandon();
    if (std::exchange(has_started_, false))
        save_sessions(settings_, foundation_, *parts_.shelf);
}

} // namespace sekisho::app
