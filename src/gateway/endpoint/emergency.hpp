// SPDX-License-Identifier: Apache-2.0
#pragma once
// Named people who come in beside a provider that works or does not (docs/emergency-access.md): with a
// passkey, which they register once by an invitation, or with a password and a code.

#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/form/cookie.hpp"
#include "gateway/local/emergency_access.hpp"
#include "gateway/local/emergency_proof.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/used_sign_ins.hpp"
#include "session/keeper.hpp"

#include <string>
#include <vector>

namespace sekisho::gateway
{

// What they come in as.
struct emergency_person
{
    std::vector<std::string> groups;
    session::session_limits limits;
    session::same_site site = session::same_site::lax;
};

// All of it outlives the endpoint.
struct emergency_parts
{
    const addresses& ours;
    const emergency_access& access;
    const emergency_person& person;
    const form_cookie& forms;
    session::keeper& sessions;
    used_sign_ins& used;
    crypto::random_source& random;
    refusal& refuse;
};

class emergency_sign_in final : public endpoint
{
public:
    explicit emergency_sign_in(const emergency_parts& parts) : with_(parts) {}

    // GET: the page, or with `invite` that of a registration. POST of their forms: a session, a registered
    // passkey, or a refusal: emergency_refused, emergency_unavailable, too_many_attempts, cross_site_refused.
    // Without emergency.file: not_found.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    net::task<void> show(net::exchange& exchange, const context& about);
    net::task<result<http::response>>
    page_for(const net::exchange& exchange, const context& about, http::form asked);
    net::task<void> take(net::exchange& exchange, context& about);
    net::task<result<emergency_attempt>> read(net::exchange& exchange, const context& about) const;
    attempt_limit& limit_of(emergency_way way) const;
    net::task<void>
    welcome(net::exchange& exchange, const context& about, const shown_form& form, emergency_proof who);
    net::task<void> thank(net::exchange& exchange, const context& about, const emergency_proof& who);
    session::session session_for(const context& about, emergency_proof who) const;

    emergency_parts with_;
};

} // namespace sekisho::gateway
