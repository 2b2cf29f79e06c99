// SPDX-License-Identifier: Apache-2.0
#pragma once
// The beginning of a sign-in: which provider, with which wishes, and then away.

#include "access/step_up.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/sign_in/choice_cookie.hpp"
#include "gateway/sign_in/departure.hpp"
#include "gateway/sign_in/loop.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "http/form.hpp"
#include "session/keeper.hpp"

#include <string>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct sign_in_parts
{
    const addresses& ours;
    provider::registry& providers;
    const provider_offers& offers; // of the same providers, in the same order
    const choice_cookie& choices;
    const departure& leaves;
    refusal& refuse;
    // What sign-ins lead to, and how many there were just now; null: a loop is not looked for, and nobody is
    // kept signed in.
    session::keeper* sessions = nullptr;
    const loop_cookie* loops = nullptr;
};

// Answers /oidc/login?return_to=…&idp=…&keep=1, and begins sign-ins for the pipeline.
class sign_in final : public endpoint
{
public:
    explicit sign_in(const sign_in_parts& parts) : with_(parts) {}

    // GET, HEAD, and POST of the chooser's form. Further parameters go to the provider as far as its
    // login_parameters say. Somebody who is signed in goes to return_to at once (or to the provider, where
    // its page demands more than the session shows), unless the link has a `prompt` that may pass, names
    // another provider or brings an address. A program gets 401 and no cookie.
    net::task<void> answer(net::exchange& exchange, context& about) override;

    // For a request that needs a session and has none: a top-level navigation is sent to the provider with
    // the sealed cookie of a new sign-in that ends at this request's target, or to the page on which a
    // provider is chosen; anything else gets 401 and no cookie. Where fragments are kept a page of ours comes
    // before (pages/fragment).
    net::task<void> begin(net::exchange& exchange, const context& about);

    // For a page that a person opens whose session lives, but not its tokens: sent to the provider of the
    // session again (gateway/renewal/renewal). false: nobody can be sent there, and nothing was answered.
    net::task<bool> again(net::exchange& exchange, const context& about, new_sign_in how);

    // For a request whose session is too weak or too old for its path: a top-level navigation is sent to the
    // provider of its session; anything else gets 401 and what is missing (gateway/challenge).
    net::task<void> step_up(net::exchange& exchange, const context& about, const access::step_up& demand);

private:
    // What one request to the login address asks for.
    struct wish
    {
        url origin;
        std::string return_to;
        std::string idp;
        std::string email;
        bool keeps_signed_in = false;
        http::form form;
    };
    result<wish> understand(http::form form, const context& about) const;
    provider_choice choose(const net::exchange& exchange, const context& about, const wish& what) const;
    bool is_done(const context& about, const wish& what, const provider_choice& choice) const;
    net::task<void> go_on(net::exchange& exchange, context& about, wish what);
    // To return_to, or to the provider once more where its page demands what the session does not show.
    net::task<void> arrive(net::exchange& exchange, const context& about, wish what);
    net::task<void> leave_again(
        net::exchange& exchange,
        const context& about,
        const access::step_up& demand,
        url origin,
        std::string return_to
    );
    // The page that keeps the address's #fragment in the browser and then asks for a sign-in.
    net::task<void> keep_fragment(net::exchange& exchange, const context& about, const std::string& target);
    net::task<void> show_choice(
        net::exchange& exchange, const context& about, const wish& what, const provider_choice& among
    );
    provider::provider& provider_of(std::size_t index) const;
    bool offers_to_keep() const noexcept;
    // The page on which sign-ins end that lead to no session that comes back.
    net::task<void> stop_loop(net::exchange& exchange, const context& about, std::string target);

    sign_in_parts with_;
};

} // namespace sekisho::gateway
