// SPDX-License-Identifier: Apache-2.0
#pragma once
// Pushed authorization requests (RFC 9126): what is sent to the provider behind the browser's back, what its
// answer means, and what the browser is left to carry.

#include "base/result.hpp"
#include "base/url.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

// RFC 9126, 2.1: the parameters of the authorization request with the proof of the client, whose id is there
// once.
form_request
pushed_request(const url& endpoint, const client_credentials& client, const parameters& authorization);

struct pushed_response
{
    std::string request_uri;
    std::chrono::seconds expires_in; // at least one
};

// RFC 9126, 2.2 and 2.3. Errors: oidc_provider_unavailable for 5xx and 429; oidc_auth_error for every other
// refusal, with the provider's `error` and what it usually means, and for an answer that is not 201 with both
// members.
result<pushed_response> read_pushed(int status, std::string_view body);

// RFC 9126, 4: all that goes through the browser.
parameters by_reference(const client_id& client, std::string request_uri);

} // namespace sekisho::oidc
