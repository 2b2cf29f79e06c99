// SPDX-License-Identifier: Apache-2.0
#include "app/check/peers.hpp"

#include "app/check/credentials.hpp"
#include "app/check/dpop.hpp"
#include "app/check/metadata.hpp"
#include "app/check/reach.hpp"
#include "app/check/renewal.hpp"
#include "app/check/requests.hpp"
#include "base/metric.hpp"
#include "oidc/issuer.hpp"
#include "provider/document_answer.hpp"
#include "upstream/pool.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sekisho::app
{
namespace
{

check_finding unusable(const url& address, const error& failure)
{
    if (failure.code == errc::oidc_issuer_mismatch)
        return {check_code::provider_issuer_mismatch, detail_of(failure)};
    if (failure.where == oidc::unmet_profile)
        return {check_code::provider_profile_unmet, detail_of(failure)};
    return {check_code::provider_discovery_unusable, address.text() + ": " + detail_of(failure)};
}

using known_metadata = std::shared_ptr<const oidc::metadata>;

// One after the other; what coroutines add to is a member.
class interview
{
public:
    interview(live_provider& asked, const check_ground& with)
        : from_(asked.from), asked_(*asked.one), http_(*asked.http), what_(asked.one->settings()), with_(with)
    {
    }

    net::task<check_findings> run()
    {
        if (what_.reach.metadata)
            co_await look_without_discovery();
        else
            co_await look_at_discovery();
        if (metadata_)
            co_await look_at_keys();
        look_at_dpop();
        judge_proxies();
        if (!what_.reach.metadata)
            append(found_, (co_await visit_addresses(what_, http_)).found);
        append(found_, judge_credentials(asked_, from_.oidc, with_.published_at, wall_clock_now()));
        if (metadata_)
            append(found_, judge_signing(asked_.published_keys(), *metadata_, what_));
        co_return of_provider(from_.name, std::move(found_));
    }

private:
    net::task<void> look_without_discovery()
    {
        metadata_ = what_.reach.metadata;
        found_.push_back({check_code::provider_without_discovery, what_.issuer.identifier.str()});
        append(found_, judge_given(*metadata_, what_));
        look_at_renewal(nullptr);
        auto seen = co_await visit_addresses(what_, http_);
        append(found_, std::move(seen.found));
        if (!seen.answer.empty())
            found_.push_back(
                judge_clock(clock_difference(seen.answer, seen.before, seen.after), what_.clock_skew)
            );
    }

    net::task<void> look_at_discovery()
    {
        const auto address = provider::address_for_us(
            what_.reach, what_.issuer, provider::document_address(what_.reach, what_.issuer)
        );
        auto request = provider::document_request(address);
        request.timeout = what_.reach.timeouts.metadata.value_or(request.timeout);
        // A call of our own first: of its answers the provider keeps no head, which is where the clock is.
        const auto before = wall_clock_now();
        auto head = co_await http_.send(std::move(request));
        const auto after = wall_clock_now();
        if (!head)
        {
            found_.push_back(
                {check_code::provider_unreachable, address.text() + ": " + detail_of(head.error())}
            );
            co_return;
        }
        const auto clock = judge_clock(clock_difference(head->fields, before, after), what_.clock_skew);
        co_await read_document(std::move(head), address);
        found_.push_back(clock);
    }

    net::task<void> read_document(result<net::incoming_response> head, url address)
    {
        auto accepted = provider::accept_document(
            std::move(head), address, errc::oidc_metadata_fetch_failure, "discovery"
        );
        if (!accepted)
        {
            found_.push_back({check_code::provider_discovery_refused, detail_of(accepted.error())});
            co_return;
        }
        auto metadata = co_await asked_.metadata();
        if (!metadata)
        {
            found_.push_back(unusable(address, metadata.error()));
            co_return;
        }
        metadata_ = std::move(*metadata);
        found_.push_back({check_code::provider_discovery, address.text()});
        append(found_, judge_metadata(*metadata_, what_, what_.wishes.mode));
        look_at_renewal(metadata_.get());
    }

    void look_at_renewal(const oidc::metadata* announced)
    {
        found_.push_back(judge_renewal({announced, what_, from_.oidc.preset, with_.session}));
    }

    net::task<void> look_at_keys()
    {
        if (what_.protocol == provider::protocol::oauth2) // no ID token, nothing to verify
            co_return;
        if (what_.signature == provider::signature_need::believed_for_tls)
        {
            found_.push_back(judge_belief(*metadata_, what_));
            co_return;
        }
        const auto encrypts = what_.wishes.object == provider::request_object::encrypted;
        if (!needs_keys(what_) && !encrypts)
        {
            found_.push_back({check_code::provider_keys_unused, "oidc.signing_algorithms lists only HS*"});
            co_return;
        }
        auto keys = co_await asked_.keys();
        if (keys)
        {
            if (needs_keys(what_))
                append(found_, judge_keys(**keys, what_));
            append(found_, judge_request_encryption(**keys, *metadata_, what_, wall_clock_now()));
        }
        else
            found_.push_back(
                {check_code::provider_keys_failed, place_of_keys() + ": " + detail_of(keys.error())}
            );
    }

    void look_at_dpop()
    {
        // A key that cannot be read is told by judge_credentials.
        if (const auto key = asked_.dpop_key(); key && metadata_)
            found_.push_back(judge_dpop(what_.reach.metadata ? nullptr : metadata_.get(), *key));
    }

    std::string place_of_keys() const
    {
        const auto is_signed = what_.reach.key_signers != nullptr;
        const auto& place = is_signed ? metadata_->signed_jwks_uri : metadata_->jwks_uri;
        if (!place)
            return is_signed ? "signed_jwks_uri" : "jwks_uri";
        return provider::address_for_us(what_.reach, what_.issuer, *place).text();
    }

    void judge_proxies()
    {
        const auto proxies = proxies_of(from_.oidc, with_.variables);
        if (proxies) // otherwise nothing could be put together
            append(
                found_,
                judge_way(
                    what_,
                    metadata_.get(),
                    *proxies,
                    from_.oidc.proxy.empty() ? "from the environment" : "oidc.proxy"
                )
            );
    }

    const settings::effective_provider& from_;
    provider::provider& asked_;
    net::http_client& http_;
    const provider::configuration& what_;
    const check_ground& with_;
    known_metadata metadata_; // null: not known
    check_findings found_;
};

} // namespace

net::task<check_findings> check_provider(live_provider& asked, const check_ground& with)
{
    interview talk(asked, with);
    auto found = co_await talk.run();
    co_return found;
}

std::chrono::milliseconds longest_check(const live_provider& of)
{
    const auto& what = of.one->settings();
    const auto longest = std::max(of.from.oidc.request_timeout, what.reach.timeouts.metadata.value_or(0ms));
    return longest * static_cast<int>(3 + given_addresses(what).size());
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
