// SPDX-License-Identifier: Apache-2.0
#pragma once
// The half of `sekisho check` that talks: asks the provider and looks for the application.

#include "app/check/finding.hpp"
#include "app/composition/provider.hpp"
#include "net/task.hpp"
#include "net/worker.hpp"
#include "settings/load.hpp"
#include "upstream/destination.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace sekisho::app
{

// What a check has for every provider.
struct check_ground
{
    const settings::environment& variables; // for HTTPS_PROXY and the like
    std::string published_at;               // where others find our keys
    const settings::session_settings& session;
};

// All there is to find about one provider: discovery, issuer, announcements, clock, keys, the addresses that
// are given, and the files that prove us. On the control worker; all outlive it. Each call ends within the
// provider's time-outs.
net::task<check_findings> check_provider(live_provider& asked, const check_ground& with);

// How long that may take.
std::chrono::milliseconds longest_check(const live_provider& of);

// Name, connection and TLS, as a request would find them. `home` is the worker it runs on.
net::task<check_findings> check_upstream(net::worker& home, std::shared_ptr<const upstream::destination> to);

} // namespace sekisho::app
