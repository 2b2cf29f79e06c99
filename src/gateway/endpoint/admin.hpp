// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the admin listener answers: /healthz, /readyz, /metrics and, with a token, /sessions. Never reachable
// on the public one (CVE-2022-24797).

#include "base/metric.hpp"
#include "gateway/endpoint/admin_sessions.hpp"
#include "net/exchange.hpp"
#include "provider/registry.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sekisho::gateway
{

// One thing that must work before people should be sent here.
struct dependency
{
    std::string name; // "provider.default.metadata"
    enum class state : std::uint8_t
    {
        ready,
        not_ready,
    } is = state::not_ready;
    std::string detail; // a sentence for the administrator; empty: nothing to say
};

// Called for each /readyz, from the admin listener's worker.
using probe = std::function<std::vector<dependency>()>;

// Metadata and keys of every provider.
std::vector<dependency> provider_dependencies(const provider::registry& providers);

class admin final : public net::handler
{
public:
    // `metrics` outlives it. Without `sessions` there is no /sessions.
    admin(const metric::registry& metrics, std::vector<probe> probes, admin_sessions::source sessions = {})
        : metrics_(metrics), probes_(std::move(probes)),
          sessions_(sessions ? std::move(sessions) : [] { return session_access(); })
    {
    }

    // /healthz: 200 as long as the process answers. /readyz: 200 or 503 with every dependency as JSON.
    // /metrics: the Prometheus text format. GET and HEAD only. /sessions: as admin_sessions says. 404 for
    // everything else.
    net::task<void> handle(net::exchange& request) override;
    net::task<void> refuse(net::exchange& request, error why) override;

private:
    http::response answer_to(const http::request_head& head) const;
    http::response readiness() const;

    const metric::registry& metrics_;
    std::vector<probe> probes_;
    admin_sessions sessions_;
};

} // namespace sekisho::gateway
