// SPDX-License-Identifier: Apache-2.0
#pragma once
// The first half of a sign-in, however it was asked for: a page that a person opens is sent to the provider
// with the sealed cookie of a new sign-in.

#include "access/policy.hpp"
#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/context.hpp"
#include "gateway/refusal.hpp"
#include "gateway/renewal/plan.hpp"
#include "gateway/sign_in/choice_cookie.hpp"
#include "oidc/login_parameters.hpp"
#include "oidc/metadata.hpp"
#include "provider/journal.hpp"
#include "provider/registry.hpp"
#include "session/sign_in_cookies.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

// All of it outlives the departure.
struct departure_parts
{
    const addresses& ours;
    provider::registry& providers;
    const session::sign_in_cookies& cookies;
    const choice_cookie& choices;
    crypto::random_source& random;
    refusal& refuse;
    const access::policy& policy;
};

struct journey
{
    provider::provider* to = nullptr;         // never null when it begins
    url origin;                               // under which the person reaches us
    std::string return_to;                    // a target of our own host
    std::string login_hint;                   // empty: none
    std::string id_token_hint{};              // empty: none
    std::string ui_locales{};                 // for which nothing else was said; empty: the provider's choice
    oidc::parameters said;                    // what the link said and may say; wins over what is configured
    access::step_up demand;                   // what a path demands of this sign-in; empty: nothing
    std::string person{};                     // who must come back, as session::sign_in::person
    std::string granted{};                    // to the session before, as session::scope: asked for once more
    const access::step_up_rule* at = nullptr; // of the path that it ends at; begin() looks it up
    session::sign_in_purpose purpose = session::sign_in_purpose::session;
    bool keeps_signed_in = false; // the person wishes so
};

class departure
{
public:
    explicit departure(const departure_parts& parts) : with_(parts) {}

    // Sends the person to the provider, or refuses: session_required for what is no page that a person opens,
    // and whatever keeps the provider's metadata from being known or the request from being signed or
    // pushed. What is framed was looked at by the caller.
    net::task<void> begin(net::exchange& exchange, const context& about, journey what) const;

    // What the page at this return address demands and the session does not show; null: nothing, or there is
    // no session.
    const access::step_up* lacking(const context& about, std::string_view return_to) const;

private:
    // A sign-in that can begin: what goes to the provider, and what to remember in the browser.
    struct prepared
    {
        session::sign_in begun;
        oidc::authorization_request request;
        session::set_cookies cookies;
    };

    result<prepared> prepare(
        const net::exchange& exchange,
        const context& about,
        const journey& what,
        const oidc::metadata& metadata
    ) const;
    // The request could not be signed or pushed; who tests gets a report.
    net::task<void> stay(
        net::exchange& exchange,
        const context& about,
        const session::sign_in& begun,
        error why,
        std::shared_ptr<provider::journal> record
    ) const;
    result<session::set_cookies> seal(
        session::sign_in& begun,
        const net::exchange& exchange,
        const context& about,
        const provider::configuration& to
    ) const;
    session::set_cookies remember(const net::exchange& exchange, const provider::provider& to) const;

    departure_parts with_;
};

// All that goes to the provider: the wishes, and what is new in this sign-in. Pure.
oidc::authorization_request
completed(oidc::authorization_request wishes, const session::sign_in& begun, oidc::redirect_uri redirect);

// What goes to the provider, but for what is new in each sign-in. Pure.
oidc::authorization_request
request_of(const provider::configuration& to, const journey& what, next_time next);

// What to say in `ui_locales` to a provider: the language of our pages, so that its are in the same. Empty
// for English, which is also what people get whose language our pages do not have: theirs may.
std::string locales_for(const http::request_head& head);

// How this provider's answers arrive.
session::callback_arrival arrival_of(const provider::configuration& provider) noexcept;

// Whether a browser is about to show the answer in its top-level window: a navigation by GET, or a form.
bool is_page(const http::request_head& head) noexcept;

// Asks the provider again for the person of a session that lives, without showing anything or as any sign-in;
// `to` and `origin` are the caller's to set.
journey journey_again(const session::session& of, new_sign_in how, std::string return_to);

// Where the provider sends people back to: registered there, and repeated byte for byte at the token
// endpoint. One for all providers: the sealed sign-in says which one it was sent to.
oidc::redirect_uri redirect_address(const url& origin, const addresses& ours);

} // namespace sekisho::gateway
