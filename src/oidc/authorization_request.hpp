// SPDX-License-Identifier: Apache-2.0
#pragma once
// What sends a browser to the provider (OpenID Connect Core 3.1.2.1 and 3.2.2.1).

#include "base/url.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

enum class response_mode : std::uint8_t
{
    usual,     // code: the query; implicit: form_post
    query,     // not with implicit: there it is form_post all the same, tokens never go into an address
    form_post, // OAuth 2.0 Form Post Response Mode 1.0
};

struct authorization_request
{
    oidc::flow flow = flow::pkce;
    response_mode mode = response_mode::usual;
    client_id client;
    redirect_uri redirect;
    std::vector<std::string> scopes; // "openid" is added when it is not among them
    oidc::state state;
    oidc::nonce nonce;
    std::string code_challenge; // s256_challenge(); only sent with flow::pkce
    std::string prompt;         // empty: not sent
    std::optional<std::chrono::seconds> max_age;
    std::string ui_locales; // BCP 47 tags separated by spaces; empty: not sent
    std::string login_hint; // empty: not sent
    parameters extra;       // the administrator's own; ours are never overwritten or doubled by them
};

// Whether this parameter is ours alone, so that `extra` may not have it (state, nonce, redirect_uri, …).
bool is_reserved(std::string_view parameter_name);

// The address to redirect to. The endpoint's own query stays, without parameters that are ours; no name
// occurs twice.
std::string to_url(const url& authorization_endpoint, const authorization_request& request);

} // namespace sekisho::oidc
