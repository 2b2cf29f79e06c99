// SPDX-License-Identifier: Apache-2.0
#pragma once
// One of our own addresses: /oidc/callback, /logout, …

#include "gateway/context.hpp"
#include "net/exchange.hpp"
#include "net/task.hpp"

namespace sekisho::gateway
{

class endpoint
{
public:
    virtual ~endpoint() = default;
    // Answers the exchange exactly once.
    virtual net::task<void> answer(net::exchange& exchange, context& about) = 0;
};

} // namespace sekisho::gateway
