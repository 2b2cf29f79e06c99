// SPDX-License-Identifier: Apache-2.0
#pragma once
// "Test SSO": an administrator, or somebody with a ticket, runs a sign-in at a provider of their choice and
// gets a report instead of a session (endpoint/callback ends it).

#include "access/administrators.hpp"
#include "crypto/seal.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/departure.hpp"
#include "gateway/test_page/ticket_cookie.hpp"
#include "http/form.hpp"
#include "provider/registry.hpp"

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct test_sign_in_parts
{
    const addresses& ours;
    provider::registry& providers;
    const departure& leaves;
    const access::administrators& administrators;
    const crypto::key_ring& tickets; // of test_ticket_purpose
    const ticket_cookie& ticket_in_browser;
    refusal& refuse;
};

class test_sign_in final : public endpoint
{
public:
    explicit test_sign_in(const test_sign_in_parts& parts) : with_(parts) {}

    // GET: a page with the providers; with `idp` the sign-in at that one begins. Who is neither an
    // administrator nor has a good ticket is refused: access_denied, session_required.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    result<void> admit(const context& about, const http::form& form) const;
    net::task<void> show_choice(net::exchange& exchange, const context& about, const http::form& form) const;

    test_sign_in_parts with_;
};

} // namespace sekisho::gateway
