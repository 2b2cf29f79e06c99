// SPDX-License-Identifier: Apache-2.0
#pragma once
// The end of a session: here, and at the provider when it has an address for that.

#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "gateway/sign_in/choice_cookie.hpp"
#include "gateway/sign_out/caller.hpp"
#include "gateway/sign_out/cookie.hpp"
#include "gateway/sign_out/front_channel.hpp"
#include "gateway/sign_out/hint_cookie.hpp"
#include "gateway/sign_out/rules.hpp"
#include "gateway/sign_out/session_end.hpp"
#include "gateway/sign_out/token_revocation.hpp"
#include "http/form.hpp"
#include "oidc/front_channel.hpp"
#include "provider/registry.hpp"
#include "session/jar.hpp"

#include <optional>
#include <string>

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct sign_out_parts
{
    const addresses& ours;
    const provider::registry& providers;
    const session::jar& cookies;
    session_end& ends;
    front_channel& channel;
    const sign_out_cookie& memory;
    const hint_cookie& hints;
    const choice_cookie& choices;
    crypto::random_source& random;
    refusal& refuse;
    const sign_out_rules& rules;
    const background& later;
};

// /logout?return_to=…, by GET and POST; what happens depends on who asks (gateway/sign_out/caller).
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
    net::task<result<http::response>>
    answer_to(const net::exchange& exchange, const context& about, const wish& what);

    net::task<http::response>
    sign_out_person(const net::exchange& exchange, const context& about, const wish& what);
    // What a person, or a program of theirs, is answered; `provider`: where to go on, empty: nowhere.
    http::response farewell(
        const net::exchange& exchange, const context& about, const wish& what, const std::string& provider
    ) const;
    http::response land(const net::exchange& exchange, const context& about, const wish& what) const;
    net::task<http::response>
    clear_for_provider(const net::exchange& exchange, const context& about, const wish& what);
    http::response ask(const net::exchange& exchange, const context& about, const wish& what) const;

    // Where the provider ends its own session; empty: it has no way for that.
    std::string provider_address(
        const net::exchange& exchange, const context& about, const wish& what, const std::string& state
    ) const;

    sign_out_parts with_;
};

} // namespace sekisho::gateway
