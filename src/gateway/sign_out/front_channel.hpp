// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider's call through the browser ends (Front-Channel Logout 1.0): the session that it names,
// wherever that is, and the one of this browser if it is meant.

#include "base/result.hpp"
#include "gateway/context.hpp"
#include "gateway/local/attempt_limit.hpp"
#include "http/head.hpp"
#include "net/task.hpp"
#include "oidc/front_channel.hpp"
#include "provider/registry.hpp"
#include "session/keeper.hpp"

#include <string>
#include <vector>

namespace sekisho::gateway
{

// One per worker and configuration.
class front_channel
{
public:
    // Both outlive it.
    front_channel(const provider::registry& providers, session::keeper& sessions)
        : providers_(providers), sessions_(sessions)
    {
    }

    // Error: oidc_issuer_mismatch when it says it is of a provider that is none of ours, nor this session's.
    result<void> check(const oidc::front_channel_logout& call, const context& about) const;

    // Whether this browser's session is meant: not by another provider's call, nor by one that names another
    // session. Without an issuer and a sid it only is where there is one provider.
    bool means_this_browser(const oidc::front_channel_logout& call, const context& about) const;

    // Ends the sessions of this `sid`, so that no cookie is needed, which browsers leave out in frames of
    // other sites. A sid is no proof, though whoever guesses one ends at most that session; so that made up
    // ones fill nothing, of those that nobody is known to have only a few a minute are remembered.
    net::task<void> end_named(oidc::front_channel_logout call, const context& about);

    // 200, and the only answer of ours that any page may show in a frame.
    static http::response answer();

private:
    std::vector<std::string> issuers_of(const oidc::front_channel_logout& call) const;
    net::task<void> end(session::ending what, const context& about);

    const provider::registry& providers_;
    session::keeper& sessions_;
    attempt_limit unknown_{{.per_client = 10, .in_all = 10, .window = std::chrono::minutes(1)}};
};

} // namespace sekisho::gateway
