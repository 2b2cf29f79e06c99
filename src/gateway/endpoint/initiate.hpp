// SPDX-License-Identifier: Apache-2.0
#pragma once
// A sign-in that somebody else begins: a portal or the provider sends a person here to be signed in (OpenID
// Connect Core 4).

#include "gateway/endpoint.hpp"
#include "gateway/sign_in/departure.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "http/form.hpp"

namespace sekisho::gateway
{

// All of it outlives the endpoint.
struct initiate_parts
{
    const addresses& ours;
    provider::registry& providers;
    const provider_offers& offers; // of the same providers, in the same order
    const departure& leaves;
    refusal& refuse;
};

class initiate final : public endpoint
{
public:
    explicit initiate(const initiate_parts& parts) : with_(parts) {}

    // GET, and POST of a form: `iss`, `login_hint`, `target_link_uri`. It never ends a sign-in, so it always
    // begins one at the provider, whoever is signed in; nothing else of what it says goes there. Errors:
    // oidc_provider_unknown for an issuer that is none of ours, oidc_target_refused for a target that is not
    // on this host.
    net::task<void> answer(net::exchange& exchange, context& about) override;

private:
    result<journey> understand(const http::form& form, const context& about) const;
    result<provider::provider*> provider_of(std::string_view iss, const context& about) const;

    initiate_parts with_;
};

} // namespace sekisho::gateway
