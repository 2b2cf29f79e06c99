// SPDX-License-Identifier: Apache-2.0
#pragma once
// The half of `sekisho check` that talks: asks the provider and looks for the application.

#include "app/check_finding.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "net/worker.hpp"
#include "oidc/authorization_request.hpp"
#include "provider/provider.hpp"
#include "upstream/destination.hpp"

#include <memory>

namespace sekisho::app
{

// Discovery, issuer, clock, announcements and keys: at most three calls, each within oidc.request_timeout. On
// the control worker; both references outlive it.
net::task<check_findings>
check_provider(provider::provider& asked, net::http_client& http, oidc::response_mode mode);

// Name, connection and TLS, as a request would find them. `home` is the worker it runs on.
net::task<check_findings> check_upstream(net::worker& home, std::shared_ptr<const upstream::destination> to);

} // namespace sekisho::app
