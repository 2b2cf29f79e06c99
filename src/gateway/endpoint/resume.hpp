// SPDX-License-Identifier: Apache-2.0
#pragma once
// A form whose sending met no session: kept over the sign-in, and sent again from a page of ours.

#include "base/url.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/form/kept_forms.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/loop.hpp"
#include "session/keeper.hpp"

#include <string>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct resume_parts
{
    const addresses& ours;
    const kept_forms& forms;
    session::keeper& sessions;
    const loop_cookie& loops;
    refusal& refuse;
};

// Answers /oidc/resume?form=… of somebody who is signed in; who is not has to sign in first (pipeline).
class resume final : public endpoint
{
public:
    explicit resume(const resume_parts& parts) : with_(parts) {}

    // GET: the page that sends the form, once, to the target it was for.
    net::task<void> answer(net::exchange& exchange, context& about) override;

    // For a form (is_sent_form) that needs a session and has none: keeps it and sends the person to sign in,
    // or says that it was not sent. Only forms of our own origin are kept.
    net::task<void> keep(net::exchange& exchange, const context& about);

private:
    net::task<result<kept_forms::kept>>
    try_to_keep(net::exchange& exchange, const context& about, const url& origin) const;
    // Puts in whose session it was, if its cookie still says so.
    net::task<void> note_person(kept_form& form, std::span<const http::field> request, time_point now) const;
    net::task<void> refuse_form(net::exchange& exchange, const context& about, error why);
    net::task<void> show(net::exchange& exchange, const context& about, const kept_form& form);

    resume_parts with_;
};

} // namespace sekisho::gateway
