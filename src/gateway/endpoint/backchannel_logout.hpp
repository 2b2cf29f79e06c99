// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a provider itself tells that somebody signed out there (OpenID Connect Back-Channel Logout 1.0, 2.5).

#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "provider/logout_check.hpp"
#include "provider/registry.hpp"
#include "session/keeper.hpp"

#include <cstddef>
#include <string>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct backchannel_logout_parts
{
    const provider::registry& providers;
    session::keeper& sessions;
    refusal& refuse;
};

// Cookies are not looked at: what counts is the token, which only the provider can have signed.
class backchannel_logout final : public endpoint
{
public:
    explicit backchannel_logout(const backchannel_logout_parts& parts) : with_(parts) {}

    // POST of a form with exactly one logout_token. 200 without a body when what it means has ended, also
    // when there was nothing of it; 400 with {"error","error_description"} when it is no good, or was seen
    // before (2.6, 8); 503 with Retry-After when the other replicas or the provider's keys are out of reach:
    // it may be sent again then, and what is known here has ended already.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    net::task<result<void>> take(net::exchange& exchange, const context& about);
    net::task<result<void>> end_meant(provider::logout_notice notice, const context& about);

    backchannel_logout_parts with_;
};

} // namespace sekisho::gateway
