// SPDX-License-Identifier: Apache-2.0
#include "app/check_peers.hpp"

#include "app/check_metadata.hpp"
#include "base/metric.hpp"
#include "oidc/issuer.hpp"
#include "provider/document_answer.hpp"
#include "upstream/pool.hpp"

#include <iterator>
#include <string>
#include <utility>

namespace sekisho::app
{
namespace
{

std::string detail_of(const error& failure)
{
    return failure.detail.empty() ? std::string(describe(failure.code).summary) : failure.detail;
}

void append(check_findings& to, check_findings more)
{
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

check_finding unusable(const url& address, const error& failure)
{
    if (failure.code == errc::oidc_issuer_mismatch)
        return {check_code::provider_issuer_mismatch, detail_of(failure)};
    return {check_code::provider_discovery_unusable, address.text() + ": " + detail_of(failure)};
}

net::task<void> check_keys(provider::provider& asked, url address, check_findings& found)
{
    if (!needs_keys(asked.settings()))
    {
        found.push_back({check_code::provider_keys_unused, "oidc.signing_algorithms lists only HS*"});
        co_return;
    }
    auto keys = co_await asked.keys();
    if (!keys)
    {
        found.push_back({check_code::provider_keys_failed, address.text() + ": " + detail_of(keys.error())});
        co_return;
    }
    append(found, judge_keys(**keys, asked.settings()));
}

} // namespace

net::task<check_findings>
check_provider(provider::provider& asked, net::http_client& http, oidc::response_mode mode)
{
    check_findings found;
    const auto& what = asked.settings();
    const auto address = oidc::discovery_address(what.issuer);
    // A call of our own first: of its answers the provider keeps no head, which is where the clock is.
    const auto before = wall_clock_now();
    auto head = co_await http.send(provider::document_request(address));
    const auto after = wall_clock_now();
    if (!head)
    {
        found.push_back({check_code::provider_unreachable, address.text() + ": " + detail_of(head.error())});
        co_return found;
    }
    const auto clock = judge_clock(clock_difference(head->fields, before, after), what.clock_skew);
    auto accepted =
        provider::accept_document(std::move(head), address, errc::oidc_metadata_fetch_failure, "discovery");
    if (!accepted)
    {
        found.push_back({check_code::provider_discovery_refused, detail_of(accepted.error())});
        found.push_back(clock);
        co_return found;
    }
    auto metadata = co_await asked.metadata();
    if (!metadata)
    {
        found.push_back(unusable(address, metadata.error()));
        found.push_back(clock);
        co_return found;
    }
    found.push_back({check_code::provider_discovery, address.text()});
    append(found, judge_metadata(**metadata, what, mode));
    found.push_back(clock);
    co_await check_keys(asked, (*metadata)->jwks_uri.value_or(address), found);
    co_return found;
}

net::task<check_findings> check_upstream(net::worker& home, std::shared_ptr<const upstream::destination> to)
{
    metric::registry unused;
    const upstream::pool_metrics counts{
        unused.make_counter("opened", ""),
        unused.make_counter("reused", ""),
        unused.make_counter("failed", ""),
        unused.make_gauge("idle", "")
    };
    const auto origin = to->address.origin();
    upstream::pool look(home, std::move(to), counts);
    auto connected = co_await look.connect();
    check_findings found;
    if (connected)
        found.push_back({check_code::upstream_reachable, origin});
    else
        found.push_back(
            {connected.error().where == "upstream.tls" ? check_code::upstream_tls_failed
                                                       : check_code::upstream_unreachable,
             origin + ": " + detail_of(connected.error())}
        );
    co_return found;
}

} // namespace sekisho::app
