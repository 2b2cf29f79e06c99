// SPDX-License-Identifier: Apache-2.0
#pragma once
// The first half of a sign-in: from here to the provider.

#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/endpoint.hpp"
#include "gateway/refusal.hpp"
#include "oidc/authorization_request.hpp"
#include "provider/registry.hpp"
#include "session/sign_in_cookies.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace sekisho::gateway
{

// What every authorization request says beside what the protocol needs.
struct sign_in_wishes
{
    oidc::response_mode mode = oidc::response_mode::usual;
    std::string prompt;                          // empty: not sent
    std::optional<std::chrono::seconds> max_age; // nullopt: not sent
};

// All of it outlives the endpoint.
struct sign_in_parts
{
    const addresses& ours;
    const sign_in_wishes& wishes;
    provider::registry& providers;
    const session::sign_in_cookies& cookies;
    crypto::random_source& random;
    refusal& refuse;
};

// Answers /oidc/login?return_to=…&prompt=… and begins sign-ins for the pipeline.
class sign_in final : public endpoint
{
public:
    explicit sign_in(const sign_in_parts& parts) : with_(parts) {}

    // GET, HEAD. Somebody who is signed in goes to return_to at once, unless `prompt` (login, select_account
    // or consent) asks for another sign-in. A program gets 401 and no cookie.
    net::task<void> answer(net::exchange& exchange, context& about) override;

    // For a request that needs a session and has none: a top-level navigation is sent to the provider with
    // the sealed cookie of a new sign-in that ends at this request's target; anything else gets 401 and no
    // cookie.
    net::task<void> begin(net::exchange& exchange, const context& about);

private:
    struct plan
    {
        url origin;
        std::string return_to;
        std::string prompt; // empty: none
    };
    result<plan> read_query(const context& about) const;
    net::task<void> send_to_provider(net::exchange& exchange, const context& about, plan what);
    result<http::response> redirect(
        const net::exchange& exchange,
        const context& about,
        const plan& what,
        const provider::provider& to,
        const oidc::metadata& metadata
    ) const;

    sign_in_parts with_;
};

// Where the provider sends people back to: registered there, and repeated byte for byte at the token
// endpoint.
oidc::redirect_uri redirect_address(const url& origin, const addresses& ours);

} // namespace sekisho::gateway
