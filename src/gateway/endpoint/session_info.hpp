// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tells a page of the application who is signed in.

#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "session/lifetimes.hpp"

namespace sekisho::gateway
{

class session_info final : public endpoint
{
public:
    // Both outlive it.
    session_info(const session::lifetimes& limits, refusal& refuse) : limits_(limits), refuse_(refuse) {}

    // GET, HEAD: {"user","username","name","email","groups","roles","picture","provider","signed_in_at",
    // "expires_at"}; what is not known is null. Never a token. Nobody signed in: 401 session_required.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    const session::lifetimes& limits_;
    refusal& refuse_;
};

} // namespace sekisho::gateway
