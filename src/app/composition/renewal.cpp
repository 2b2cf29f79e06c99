// SPDX-License-Identifier: Apache-2.0
#include "app/composition/renewal.hpp"

#include "app/composition/composition.hpp"
#include "app/composition/parts.hpp"
#include "gateway/sign_in/departure.hpp"
#include "settings/effective.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::app
{
namespace
{

gateway::after_failure after_failure_of(settings::refresh_failure from)
{
    switch (from)
    {
    case settings::refresh_failure::end:
        return gateway::after_failure::end;
    case settings::refresh_failure::reauthenticate:
        return gateway::after_failure::sign_in_again;
    case settings::refresh_failure::keep:
        break;
    }
    return gateway::after_failure::keep;
}

// One renewal, from when it was begun until it has ended or was dropped.
class under_way
{
public:
    using number = std::shared_ptr<std::atomic<std::size_t>>;
    explicit under_way(number of) : of_(std::move(of)) { ++*of_; }
    under_way(const under_way&) = delete;
    under_way& operator=(const under_way&) = delete;
    ~under_way() { --*of_; }

private:
    number of_;
};

net::task<void> counted(std::shared_ptr<under_way>, net::task<void> work) { co_await std::move(work); }

// The longest that one call of any provider may take.
std::chrono::milliseconds longest_call(const settings::model& from)
{
    std::chrono::milliseconds most{0};
    for (const auto& each : settings::effective_providers(from))
    {
        const auto usual = each.oidc.request_timeout;
        for (const auto& own :
             {each.oidc.metadata_timeout, each.oidc.token_timeout, each.oidc.userinfo_timeout})
            most = std::max(most, own.value_or(usual));
    }
    return most;
}

// How often one request to the token endpoint or to UserInfo may be sent: once more with the nonce that the
// provider wants in the proof of our key (provider/back_channel).
int most_tries(const settings::model& from)
{
    return std::ranges::any_of(
               settings::effective_providers(from),
               [](const auto& each) { return !each.oidc.dpop_key.empty(); }
           )
               ? 2
               : 1;
}

} // namespace

gateway::turn_rules turns_of(const settings::model& from)
{
    // Metadata, keys three times (as they are known, for the ID token, for the access token) and a directory;
    // token and UserInfo.
    constexpr int calls = 5;
    constexpr int proven_calls = 2;
    constexpr std::chrono::milliseconds and_ours{10'000};
    const auto one = longest_call(from);
    const auto tries = most_tries(from);
    // A token request of another replica may be under way since before the outage; what it gives is kept
    // within seconds after.
    constexpr std::chrono::milliseconds until_kept{5'000};
    return {
        .lock_life = one * (calls + proven_calls * tries) + and_ours,
        .patience = one * (1 + tries),
        .settling = one * tries + until_kept
    };
}

void keep_for_renewal(gateway::session_making& making, const settings::session_settings& from)
{
    if (from.refresh)
        making.refresh_token = gateway::keep::if_it_fits;
    if (from.userinfo_interval > std::chrono::seconds::zero() && making.access_token == gateway::keep::no)
        making.access_token = gateway::keep::if_it_fits;
}

gateway::renewal_rules renewal_rules_of(const settings::session_settings& from)
{
    return {
        .refresh = from.refresh,
        .before = from.refresh_before,
        .interval = from.refresh_interval,
        .ask_userinfo = from.userinfo_interval,
        .when_it_fails = after_failure_of(from.on_refresh_failure),
        .silent_sign_in = from.silent_sign_in,
    };
}

std::shared_ptr<gateway::renewal>
renewal_of(const settings::model& from, const foundation& on, renewal_ground with)
{
    gateway::renewal_parts parts{
        .by = renewal_rules_of(from.session),
        .turns = turns_of(from),
        .making = with.making,
        .providers = std::move(with.providers),
        .offers = with.offers,
        .sessions = std::move(with.sessions),
        .random = crypto::system_random(),
        .metrics = on.metrics,
        .home = on.control.get_executor(),
        .spawn =
            [&control = on.control, count = on.renewals_under_way](net::task<void> work)
        {
            auto begin = [&control, work = counted(std::make_shared<under_way>(count), std::move(work))](
                         ) mutable { control.spawn("renewal", std::move(work)); };
            net::asio::post(control.get_executor(), std::move(begin));
        },
        .session_changed = on.on_change,
    };
    if (from.server.public_url)
        parts.redirect = gateway::redirect_address(*from.server.public_url, addresses_of(from));
    return std::make_shared<gateway::renewal>(std::move(parts));
}

} // namespace sekisho::app
