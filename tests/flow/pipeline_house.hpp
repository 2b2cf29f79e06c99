// SPDX-License-Identifier: Apache-2.0
#pragma once
// The whole way of requests through one worker, composed from settings as the program does it: real but for
// the provider, the shelf that sessions live on, and the browser. Its clock is the wall clock.

#include "app/composition/composition.hpp"
#include "gateway/pipeline.hpp"
#include "settings/model.hpp"
#include "support/cookie_jar.hpp"
#include "support/exchange_builder.hpp"
#include "support/failing_shelf.hpp"
#include "support/fake_provider.hpp"
#include "support/recording_application.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::test
{

class pipeline_house
{
public:
    // Sessions live on the shelf, shared with replicas, and are looked up for each request; UserInfo is not
    // asked; unless `change` says otherwise, or the preset that it names.
    using change = std::function<void(settings::model&)>;
    explicit pipeline_house(const change& what = [](settings::model&) {});
    ~pipeline_house();
    pipeline_house(const pipeline_house&) = delete;
    pipeline_house& operator=(const pipeline_house&) = delete;

    // Somebody who signed in ten minutes ago, with an access token and no refresh token; the jar has the
    // cookies. Gives the session.
    session::session sign_in(const std::function<void(session::session&)>& alter = [](session::session&) {});
    // From somewhere else.
    void end_session(const std::string& id);

    // A page that a person opens; a form that they send; what a script of the page asks for.
    client_answer open(const std::string& target);
    client_answer send_form(const std::string& target, const std::string& body);
    client_answer fetch(const std::string& target);
    // The browser comes back from the provider.
    client_answer come_back(const std::string& query);
    client_answer ask(client_request request, initiator by = initiator::same_site);
    // Until nothing that was begun beside the requests is under way.
    void settle();

    bool is_signed_in() { return fetch("/oidc/session").status == 200; }
    // The metric's value; -1 when the line is not there.
    std::int64_t count(std::string_view line) const;

    const time_point began = wall_clock_now();
    fake_provider peer{began.time_since_epoch().count()};
    std::shared_ptr<failing_shelf> shelf =
        std::make_shared<failing_shelf>(std::make_shared<session::memory_shelf>());
    recording_application application;
    cookie_jar jar;

private:
    gateway::configuration configuration_of(const settings::model& from);
    void learn_metadata(); // as the program does at its start
    void run_until(const std::function<bool()>& is_done);

    metric::registry metrics_;
    net::worker worker_;
    app::foundation foundation_;
    std::optional<app::composed> composed_;
    std::shared_ptr<provider::registry> providers_;
    std::shared_ptr<session::keeper> sessions_;
    upstream::tunnel_list tunnels_;
    gateway::lasting_list lasting_;
    std::unique_ptr<gateway::pipeline> pipeline_;
};

// The fields that browsers send with a page that is opened, a form of our own origin and a script's call.
inline const http::owned_fields page_fields{
    {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"},
    {"Sec-Fetch-Site", "same-origin"},
    {"Sec-Fetch-Mode", "navigate"},
    {"Sec-Fetch-Dest", "document"},
};
inline const http::owned_fields script_fields{
    {"Accept", "application/json"},
    {"Sec-Fetch-Site", "same-origin"},
    {"Sec-Fetch-Mode", "cors"},
    {"Sec-Fetch-Dest", "empty"},
};

} // namespace sekisho::test
