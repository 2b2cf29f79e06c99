// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a provider tells through the browser that somebody signed out there (OpenID Connect Front-Channel
// Logout 1.0, 2).

#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_out/front_channel.hpp"
#include "gateway/sign_out/session_end.hpp"

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct frontchannel_logout_parts
{
    front_channel& channel;
    session_end& ends;
    refusal& refuse;
};

class frontchannel_logout final : public endpoint
{
public:
    explicit frontchannel_logout(const frontchannel_logout_parts& parts) : with_(parts) {}

    // GET with `iss` and `sid`, with `sid` alone (Entra), or with neither. With a sid its sessions end,
    // cookies or not. This browser's session ends when it is meant and this is no link somebody followed: a
    // page elsewhere must not sign people out by a click. 200 also when nothing ended.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    net::task<void> take(net::exchange& exchange, const context& about, oidc::front_channel_logout call);

    frontchannel_logout_parts with_;
};

} // namespace sekisho::gateway
