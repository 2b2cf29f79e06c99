// SPDX-License-Identifier: Apache-2.0
#pragma once
// What sends a browser to the provider (OpenID Connect Core 3.1.2.1, 3.2.2.1 and 3.3.2.1).

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
    usual,     // a code alone: the query; any token: form_post
    query,     // not with a token: there it is form_post all the same, tokens never go into an address
    form_post, // OAuth 2.0 Form Post Response Mode 1.0
    // The same ways with everything inside a JWT that the provider signed (JARM 1.0, 2.3).
    jwt, // as `usual`
    query_jwt,
    form_post_jwt,
};

// Whether the answer is a JWT (oidc/response_jwt).
constexpr bool is_signed(response_mode mode) noexcept
{
    return mode == response_mode::jwt || mode == response_mode::query_jwt ||
           mode == response_mode::form_post_jwt;
}

// Whether the answer arrives as a form post.
constexpr bool is_posted(flow of, response_mode mode) noexcept
{
    return is_always_posted(of) || mode == response_mode::form_post || mode == response_mode::form_post_jwt;
}

struct authorization_request
{
    oidc::flow flow = flow::pkce;
    response_mode mode = response_mode::usual;
    client_id client;
    redirect_uri redirect;
    std::vector<std::string> scopes;
    bool adds_openid = true; // where it is not among the scopes; false: OAuth 2.0 without an ID token
    oidc::state state;
    oidc::nonce nonce;
    std::string code_challenge; // s256_challenge(); only sent where the flow uses PKCE
    // Of all the following, what is empty is not sent.
    std::string prompt;
    std::optional<std::chrono::seconds> max_age; // then auth_time of the ID token must obey it
    std::vector<std::string> acr_values;         // the preferred one first
    std::string display;                         // page, popup, touch or wap
    std::string ui_locales;                      // BCP 47 tags separated by spaces
    std::string login_hint;
    std::string id_token_hint;         // an ID token of the person who is expected (Core 3.1.2.1)
    std::string domain_hint;           // Entra's
    std::vector<std::string> resource; // RFC 8707, 2: one parameter each
    std::string audience;              // Auth0's
    std::string claims;                // a JSON object (Core 5.5)
    std::string dpop_jkt;              // the thumbprint of the key that the code is bound to (RFC 9449, 10)
    parameters extra; // the administrator's own; ours are never overwritten or doubled by them
};

// Whether this parameter is ours alone, so that `extra` may not have it (state, nonce, redirect_uri, …).
bool is_reserved(std::string_view parameter_name);

// What the request says, in the order in which it is sent; no name but `resource` occurs twice.
parameters parameters_of(const authorization_request& request);

// The address to redirect to. The endpoint's own query stays, without parameters that are ours; no name
// but `resource` occurs twice.
std::string to_url(const url& authorization_endpoint, const authorization_request& request);

} // namespace sekisho::oidc
