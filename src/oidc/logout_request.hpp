// SPDX-License-Identifier: Apache-2.0
#pragma once
// What sends a browser to the provider to end its session there (RP-Initiated Logout 1.0, 2).

#include "base/secret.hpp"
#include "base/url.hpp"
#include "oidc/names.hpp"

#include <cstddef>
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

// The address to redirect to. client_id is always there, so that the provider knows us without a hint.
std::string to_url(const url& end_session_endpoint, const logout_request& request);

} // namespace sekisho::oidc
