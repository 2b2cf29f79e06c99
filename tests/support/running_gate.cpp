// SPDX-License-Identifier: Apache-2.0
#include "support/running_gate.hpp"

#include "app/composition/parts.hpp"
#include "app/gate.hpp"
#include "session/cookie_store.hpp"
#include "support/session_values.hpp"

#include <boost/asio/post.hpp>

#include <csignal>
#include <future>
#include <stdexcept>
#include <thread>
#include <utility>

namespace sekisho::test
{

settings::model gate_settings(std::uint16_t application_port)
{
    settings::model made;
    made.oidc.issuer = "http://127.0.0.1:1"; // nobody answers there
    made.oidc.client_id = "gate";
    made.server.listen = {{.host = "127.0.0.1", .port = 0}};
    made.server.workers = 1;
    made.upstream.url = *url::parse("http://127.0.0.1:" + std::to_string(application_port));
    made.session.secret = secret("a secret of the tests, long enough for anybody");
    made.access.public_paths = {"/public/*", "/open"};
    made.admin.listen = settings::listen_address{.host = "127.0.0.1", .port = 0};
    made.log.level = log::level::off;
    made.log.access = false;
    return made;
}

session::session signed_in_session(std::chrono::milliseconds left)
{
    auto made = sample_session();
    made.created = wall_clock_now() - std::chrono::minutes(1);
    made.last_seen = made.created;
    made.expires = wall_clock_now() + std::chrono::duration_cast<time_point::duration>(left);
    return made;
}

std::string session_cookie(const settings::model& of, const session::session& value)
{
    const session::cookie_store store(
        app::cookies_of(of), crypto::key_ring({of.session.secret}, "session"), crypto::system_random()
    );
    const auto cookies = store.seal(value, {}, wall_clock_now());
    if (!cookies || cookies->size() != 1)
        throw std::logic_error("the session does not fit into one cookie");
    return cookies->front().substr(0, cookies->front().find(';'));
}

std::string session_cookie(const settings::model& of, std::chrono::milliseconds left)
{
    return session_cookie(of, signed_in_session(left));
}

struct running_gate::inside
{
    settings::model settings;
    std::map<std::string, std::string> files;
    std::unique_ptr<app::gate> gate;
    std::thread control;

    result<std::string> read(const std::string& name) const
    {
        const auto found = files.find(name);
        if (found == files.end())
            return fail(errc::not_found, "file", "no such file");
        return found->second;
    }
};

running_gate::running_gate(settings::model with, std::map<std::string, std::string> files)
    : in_(std::make_unique<inside>())
{
    std::signal(SIGPIPE, SIG_IGN); // as the program does: OpenSSL's writes raise it
    in_->settings = with;
    in_->files = std::move(files);
    log::configure(with.log.level, with.log.format);
    in_->gate = std::make_unique<app::gate>(
        std::move(with), [inside = in_.get()](const std::string& name) { return inside->read(name); }
    );
    if (const auto started = in_->gate->start(); !started)
        throw std::logic_error(started.error().front().setting + ": " + started.error().front().message);
    in_->control = std::thread([inside = in_.get()] { inside->gate->control().run(); });
}

running_gate::~running_gate()
{
    in_->gate->control().stop();
    if (in_->control.joinable())
        in_->control.join();
    in_->gate->stop();
}

std::uint16_t running_gate::port() const { return in_->gate->ports().front(); }

std::uint16_t running_gate::admin_port() const { return in_->gate->admin_port(); }

std::string running_gate::cookie() const { return session_cookie(in_->settings); }

std::string running_gate::metrics() const { return in_->gate->metrics().expose(); }

std::vector<std::string>
running_gate::reload(const settings::model& with, std::map<std::string, std::string> files)
{
    std::promise<std::vector<std::string>> done;
    net::asio::post(
        in_->gate->control().get_executor(),
        [&]
        {
            in_->files = std::move(files);
            std::vector<std::string> found;
            if (const auto changed = in_->gate->reload(with); !changed)
                for (const auto& each : changed.error())
                    found.push_back(each.setting + ": " + each.message);
            done.set_value(std::move(found));
        }
    );
    return done.get_future().get();
}

void running_gate::begin_to_shut_down()
{
    auto& control = in_->gate->control();
    net::asio::post(
        control.get_executor(), [this, &control] { control.spawn("shut down", in_->gate->shut_down()); }
    );
}

void running_gate::wait_for_end() { in_->control.join(); }

} // namespace sekisho::test
