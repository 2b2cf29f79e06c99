// SPDX-License-Identifier: Apache-2.0
#pragma once
// The end of a session: here, and at the provider when it has an address for that.

#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/choice_cookie.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_out_caller.hpp"
#include "gateway/sign_out_cookie.hpp"
#include "http/form.hpp"
#include "oidc/front_channel.hpp"
#include "oidc/logout_request.hpp"
#include "provider/registry.hpp"
#include "session/keeper.hpp"
#include "session/opened_cache.hpp"

#include <memory>
#include <optional>
#include <string>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct sign_out_parts
{
    const addresses& ours;
    provider::registry& providers;
    session::keeper& sessions;
    session::opened_cache& opened; // of this worker
    const sign_out_cookie& memory;
    const choice_cookie& choices;
    crypto::random_source& random;
    refusal& refuse;
};

// /logout?return_to=…, by GET and POST; what happens depends on who asks (gateway/sign_out_caller).
class sign_out final : public endpoint
{
public:
    explicit sign_out(const sign_out_parts& parts) : with_(parts) {}

    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    // What one request asks for.
    struct wish
    {
        url origin;
        std::string return_to; // a target of our own host; empty: none was asked for
        std::string state;     // as sent; empty: none
        std::optional<oidc::front_channel_logout> channel;
        std::optional<sign_out_cookie::remembered> memory;
    };

    net::task<result<wish>> read(net::exchange& exchange, const context& about) const;
    result<wish>
    understand(const http::form& form, const net::exchange& exchange, const context& about) const;
    // What is answered, and whether the session of the request ends with it.
    struct outcome
    {
        http::response answer;
        bool ends_session = false;
    };
    result<outcome> answer_to(const net::exchange& exchange, const context& about, const wish& what) const;

    outcome sign_out_person(const net::exchange& exchange, const context& about, const wish& what) const;
    http::response land(const net::exchange& exchange, const context& about, const wish& what) const;
    outcome clear_for_provider(const net::exchange& exchange, const context& about, const wish& what) const;
    http::response ask(const net::exchange& exchange, const context& about, const wish& what) const;

    // How the session's provider signs people out; nullopt: it does not, or is not known yet.
    struct way
    {
        oidc::logout_form form = oidc::logout_form::standard;
        url address;
    };
    std::optional<way> way_out(const context& about) const;
    // Where the provider ends its own session; empty: it has no way for that.
    std::string provider_address(const context& about, const wish& what, const std::string& state) const;
    // That of the session; null: there is no session, or its provider is not configured any more.
    const provider::provider* provider_of(const context& about) const;
    bool is_issuer_known(std::string_view iss, const context& about) const;
    bool concerns(const oidc::front_channel_logout& channel, const session::session& here) const;
    // The answer that removes every cookie of the session, which ends with it.
    outcome clear(http::response answer, const net::exchange& exchange) const;
    // Here at once, and everywhere as soon as the store knows.
    net::task<void> end_session(const context& about);

    sign_out_parts with_;
};

} // namespace sekisho::gateway
