// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a sign-in obtains its ID token, and what follows from it for what is sent and what has to come back
// (OpenID Connect Core 3; OAuth 2.0 Multiple Response Type Encoding Practices).

#include <cstdint>
#include <string_view>

namespace sekisho::oidc
{

// Sealed sign-ins hold these numbers: new ones go to the end.
enum class flow : std::uint8_t
{
    pkce,                // authorization code with PKCE S256
    code,                // authorization code
    implicit,            // the ID token itself, by form_post
    code_id_token,       // hybrid (Core 3.3), all of them by form_post and with PKCE S256
    code_token,          //
    code_id_token_token, //
    id_token_token,      // implicit (Core 3.2) with an access token, by form_post
    count_,              // not a flow: how many there are
};

// Whether the answer through the browser has a code, which is then redeemed.
constexpr bool has_code(flow of) noexcept { return of != flow::implicit && of != flow::id_token_token; }

// Whether the answer through the browser has an ID token.
constexpr bool has_id_token(flow of) noexcept
{
    return of == flow::implicit || of == flow::id_token_token || of == flow::code_id_token ||
           of == flow::code_id_token_token;
}

// Whether the answer through the browser has an access token.
constexpr bool has_access_token(flow of) noexcept
{
    return of == flow::code_token || of == flow::code_id_token_token || of == flow::id_token_token;
}

// Whether the code is bound to us by a verifier (RFC 7636).
constexpr bool uses_pkce(flow of) noexcept { return has_code(of) && of != flow::code; }

// Whether the answer is only taken from a form post: tokens in an address end up in histories and logs
// (Multiple Response Types, 5).
constexpr bool is_always_posted(flow of) noexcept { return has_id_token(of) || has_access_token(of); }

// The value of response_type.
constexpr std::string_view response_type(flow of) noexcept
{
    switch (of)
    {
    case flow::implicit:
        return "id_token";
    case flow::code_id_token:
        return "code id_token";
    case flow::code_token:
        return "code token";
    case flow::code_id_token_token:
        return "code id_token token";
    case flow::id_token_token:
        return "id_token token";
    default:
        return "code";
    }
}

} // namespace sekisho::oidc
