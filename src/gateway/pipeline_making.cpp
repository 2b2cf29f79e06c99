// SPDX-License-Identifier: Apache-2.0
// How a pipeline is put together from its configuration.
#include "gateway/pipeline.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::array<std::string_view, 5> status_classes{"1xx", "2xx", "3xx", "4xx", "5xx"};

std::array<metric::counter*, 5> make_answer_counters(metric::registry& metrics)
{
    std::array<metric::counter*, 5> made{};
    for (std::size_t index = 0; index < made.size(); ++index)
        made[index] = &metrics.make_counter(
            "sekisho_requests_total",
            "Requests answered, by class of status.",
            metric::label("status", status_classes[index])
        );
    return made;
}

upstream::pool_metrics make_pool_metrics(metric::registry& metrics)
{
    return {
        metrics.make_counter(
            "sekisho_upstream_connections_opened_total", "Connections made to the application."
        ),
        metrics.make_counter(
            "sekisho_upstream_connections_reused_total", "Requests sent over a kept connection."
        ),
        metrics.make_counter(
            "sekisho_upstream_connections_failed_total", "Connections that could not be made."
        ),
        metrics.make_gauge("sekisho_upstream_connections_idle", "Connections kept for the next request."),
    };
}

} // namespace

pipeline::pipeline(
    net::worker& home,
    std::shared_ptr<const configuration> by,
    metric::registry& metrics,
    upstream::tunnel_list& tunnels,
    lasting_list& lasting
)
    : by_(std::move(by)), our_lengths_(by_->ours.lengths()),
      authentication_({by_->sessions, by_->headers, opened_, by_->recheck, &by_->beside}),
      refusal_(by_->ours, metrics, {&by_->administrators, &by_->test_tickets, &by_->ticket_in_browser}),
      pool_(home, by_->destination, make_pool_metrics(metrics)),
      forward_({home, by_->forwarding, *by_->sessions, by_->ours, pool_, tunnels, lasting, &by_->loops}),
      departure_({by_->ours, *by_->providers, by_->sign_ins, by_->choices, by_->random, refusal_, by_->policy}
      ),
      sign_in_(
          {by_->ours,
           *by_->providers,
           by_->offers,
           by_->choices,
           departure_,
           refusal_,
           by_->sessions.get(),
           &by_->loops}
      ),
      initiate_({by_->ours, *by_->providers, by_->offers, departure_, refusal_}), callback_(
                                                                                      {by_->ours,
                                                                                       by_->making,
                                                                                       *by_->providers,
                                                                                       by_->offers,
                                                                                       by_->sign_ins,
                                                                                       *by_->sessions,
                                                                                       opened_,
                                                                                       *by_->used,
                                                                                       by_->random,
                                                                                       refusal_,
                                                                                       metrics,
                                                                                       by_->policy,
                                                                                       by_->administrators,
                                                                                       by_->headers,
                                                                                       by_->endings.hints,
                                                                                       &by_->loops}
                                                                                  ),
      endings_(
          {by_->ours,
           *by_->providers,
           *by_->sessions,
           opened_,
           by_->endings,
           by_->loops,
           by_->choices,
           by_->random,
           refusal_,
           [&home](std::string_view name, net::task<void> work) { home.spawn(name, std::move(work)); },
           &departure_}
      ),
      test_sign_in_(
          {by_->ours,
           *by_->providers,
           departure_,
           by_->administrators,
           by_->test_tickets,
           by_->ticket_in_browser,
           refusal_}
      ),
      local_sign_in_(
          {by_->ours,
           by_->beside.local.get(),
           by_->beside.person,
           by_->beside.local_forms,
           *by_->sessions,
           *by_->used,
           by_->random,
           refusal_}
      ),
      emergency_(
          {by_->ours,
           by_->beside.emergency,
           by_->beside.emergency_as,
           by_->beside.emergency_forms,
           *by_->sessions,
           *by_->used,
           by_->random,
           refusal_}
      ),
      resume_({by_->ours, by_->forms, *by_->sessions, by_->loops, refusal_}),
      session_info_(by_->making.limits, refusal_), jwks_(*by_->providers, refusal_),
      access_log_(by_->log_format), answers_(make_answer_counters(metrics)),
      durations_(metrics.make_histogram(
          "sekisho_request_duration_seconds", "From a request's head to its whole answer."
      ))
{
}

} // namespace sekisho::gateway
