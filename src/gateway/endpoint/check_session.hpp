// SPDX-License-Identifier: Apache-2.0
#pragma once
// The frame by which a page of the application learns that the person's session at the provider changed, and
// what became of ours (session.check_session; OpenID Connect Session Management 1.0).

#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/departure.hpp"
#include "pages/check_session.hpp"
#include "provider/registry.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct check_session_parts
{
    const addresses& ours;
    const provider::registry& providers;
    const departure* leaves; // null: nobody is asked again
    crypto::random_source& random;
    refusal& refuse;
};

class check_session final : public endpoint
{
public:
    explicit check_session(const check_session_parts& parts) : with_(parts) {}

    // GET, in frames of our own origin only. Without a session, or where the provider takes no part, the page
    // says so to the one around it and asks nobody. "?again", which the page itself frames when the provider
    // says "changed", asks the provider for the person without showing anything; that ends at "?asked", which
    // tells what came of it.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    // Whom to ask, null: nobody.
    std::shared_ptr<provider::provider> watched(const context& about) const;
    // Whether it can be asked in a frame: where the answer comes as a form of another site, no cookie of ours
    // is sent with it.
    bool can_be_framed(const provider::provider& of) const noexcept;
    net::task<void> ask_again(net::exchange& exchange, const context& about);
    http::response page(const context& about) const;

    check_session_parts with_;
};

} // namespace sekisho::gateway
