// SPDX-License-Identifier: Apache-2.0
#pragma once
// What sends a browser to the provider to end its session there (RP-Initiated Logout 1.0, 2, and what
// providers have instead).

#include "base/secret.hpp"
#include "base/url.hpp"
#include "oidc/metadata.hpp"
#include "oidc/names.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace sekisho::oidc
{

struct logout_request
{
    client_id client;
    secret id_token_hint;                 // empty: none is known
    std::string post_logout_redirect_uri; // as registered; empty: not sent, and neither is the state
    oidc::state state;                    // empty: not sent
    std::string ui_locales;               // empty: not sent
    std::size_t hint_limit = 2048;        // bytes; a longer hint is left out, since addresses have limits
};

// Whose words the request has.
enum class logout_form : std::uint8_t
{
    standard, // RP-Initiated Logout 1.0
    cognito,  // client_id and logout_uri
    auth0,    // client_id and returnTo, where RP-Initiated Logout is switched off
    ping,     // TargetResource, at PingFederate's own address (/idp/startSLO.ping)
};

// The standard, unless ping_end_session_endpoint is all that the provider has for it.
logout_form usual_logout_form(const metadata& provider);

// Where people sign out: end_session_endpoint, with Amazon Cognito else /logout and with Auth0 always
// /v2/logout of the authorization endpoint's origin. nullopt: there is no address for it.
std::optional<url> logout_address(const metadata& provider, logout_form form);

// The address to redirect to. client_id is always there but with Ping's form, so that the provider knows us
// without a hint. The forms that are not standard know neither a hint nor a state.
std::string to_url(
    const url& end_session_endpoint, const logout_request& request, logout_form form = logout_form::standard
);

} // namespace sekisho::oidc
