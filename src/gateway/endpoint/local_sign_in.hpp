// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sign-in while local.restore is on: no provider, one temporary password (docs/emergency-access.md).

#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/form/cookie.hpp"
#include "gateway/local/local_restore.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/used_sign_ins.hpp"
#include "identity/identity.hpp"
#include "session/keeper.hpp"

#include <string>

namespace sekisho::gateway
{

// Who comes in with the password, and what with.
struct local_person
{
    identity::identity who; // issuer local_issuer
    session::session_limits limits;
    session::same_site site = session::same_site::lax;
};

// All of it outlives the endpoint.
struct local_sign_in_parts
{
    const addresses& ours;
    local_restore* state; // null: the mode is off, and nothing is here
    const local_person& person;
    const form_cookie& forms;
    session::keeper& sessions;
    used_sign_ins& used;
    crypto::random_source& random;
    refusal& refuse;
};

class local_sign_in final : public endpoint
{
public:
    explicit local_sign_in(const local_sign_in_parts& parts) : with_(parts) {}

    // At local_path. GET: the page. POST of its form: a session, or local_sign_in_refused,
    // too_many_attempts, cross_site_refused. While the mode is off: not_found. At login_path and
    // initiate_path: goes to the page.
    net::task<void> answer(net::exchange& exchange, context& about) override;

    // Instead of a sign-in at the provider: goes to the page, or session_required for what is no page that a
    // person opens.
    net::task<void> begin(net::exchange& exchange, const context& about);
    // What a path demands cannot be shown without the provider: provider_sign_in_off.
    net::task<void> refuse_step_up(net::exchange& exchange, const context& about);

private:
    struct attempt
    {
        std::string password;
        shown_form form;
    };

    net::task<void> go_there(net::exchange& exchange, const context& about);
    net::task<void> show(net::exchange& exchange, const context& about);
    net::task<void> let_in(net::exchange& exchange, context& about);
    net::task<result<attempt>> read(net::exchange& exchange, const context& about) const;
    result<void> check(const attempt& made, const context& about) const;
    session::session session_for(const context& about) const;
    http::response welcome(const net::exchange& exchange, const context& about, const shown_form& form) const;

    local_sign_in_parts with_;
};

} // namespace sekisho::gateway
