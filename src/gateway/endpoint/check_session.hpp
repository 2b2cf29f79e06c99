// SPDX-License-Identifier: Apache-2.0
#pragma once
// The frame by which a page of the application learns that the person's session at the provider changed
// (session.check_session; OpenID Connect Session Management 1.0).

#include "crypto/random.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "pages/check_session.hpp"
#include "provider/registry.hpp"

#include <string>

namespace sekisho::gateway
{

class check_session final : public endpoint
{
public:
    // All outlive it.
    check_session(const provider::registry& providers, crypto::random_source& random, refusal& refuse)
        : providers_(providers), random_(random), refuse_(refuse)
    {
    }

    // GET, in frames of our own origin only. Without a session, or where the provider takes no part, the page
    // says so to the one around it and asks nobody.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    http::response page(const context& about) const;

    const provider::registry& providers_;
    crypto::random_source& random_;
    refusal& refuse_;
};

} // namespace sekisho::gateway
