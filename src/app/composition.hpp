// SPDX-License-Identifier: Apache-2.0
#pragma once
// The only place that knows all concrete classes together: settings become the objects that serve requests.
// Nothing is started here, so `check` composes exactly what `serve` runs.

#include "gateway/configuration.hpp"
#include "net/http_client.hpp"
#include "net/worker.hpp"
#include "provider/registry.hpp"
#include "server/front.hpp"
#include "settings/model.hpp"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sekisho::app
{

// The providers of one configuration with the client they call through. Lives on the control worker.
struct provider_set
{
    std::unique_ptr<net::http_client> http;
    provider::registry providers;
};

// What outlives every reload.
struct foundation
{
    net::worker& control;
    metric::registry& metrics;
    secret random_secret; // instead of an unset session.secret: made once, so that a reload signs nobody out
    std::shared_ptr<gateway::used_sign_ins> used = std::make_shared<gateway::used_sign_ins>();
    // Reads certificates and the like. The detail of its error says why not.
    std::function<result<std::string>(const std::string& name)> read_file;
    std::function<void(const session::session_id&)> session_ended{}; // as gateway::configuration's
};

struct composed
{
    std::shared_ptr<provider_set> providers;
    std::shared_ptr<const gateway::configuration> gateway;
    std::shared_ptr<const server::rules> front;
    std::shared_ptr<const server::rules> admin_front;
};

// What keeps a setting from being used although its form is right: an unreadable file, a key of another
// certificate.
struct composition_problem
{
    std::string setting; // "server.tls_certificate"
    std::string message;
};

// A random secret for foundation::random_secret.
secret make_random_secret();

// Everything, or every problem. `kept`: the providers of the configuration before, when their settings are
// the same.
std::expected<composed, std::vector<composition_problem>>
compose(const settings::model& from, const foundation& on, std::shared_ptr<provider_set> kept = nullptr);

// Whether both configure the same provider in the same way.
bool has_same_provider(const settings::model& left, const settings::model& right);

} // namespace sekisho::app
