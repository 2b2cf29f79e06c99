// SPDX-License-Identifier: Apache-2.0
#pragma once
// Addresses of a provider from the settings: each that is set wins over its discovery document.

#include "base/result.hpp"
#include "base/url.hpp"
#include "oidc/address.hpp"

#include <optional>
#include <string_view>

namespace sekisho::oidc
{

// Members are called as in the document.
struct given_endpoints
{
    std::optional<url> authorization_endpoint;
    std::optional<url> token_endpoint;
    std::optional<url> userinfo_endpoint;
    std::optional<url> jwks_uri;
    std::optional<url> end_session_endpoint;
    std::optional<url> introspection_endpoint;
    std::optional<url> revocation_endpoint;
    std::optional<url> pushed_authorization_request_endpoint;
    std::optional<url> signed_jwks_uri; // OpenID Federation 1.0, 5.2.1
    std::optional<url> registration_endpoint;
};

// The address given for this member of the document; nullptr: none.
const url* address_of(const given_endpoints& given, std::string_view member);

// Plain http needs the same permission as in a document. Error: value_malformed, `where` is the member's
// name.
result<void> check(const given_endpoints& given, transport rule);

} // namespace sekisho::oidc
