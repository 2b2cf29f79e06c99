// SPDX-License-Identifier: Apache-2.0
#pragma once
// An authorization request as a JWT that we signed (RFC 9101; Core 6.1): nobody on the way through the
// browser can change or make up one of ours.

#include "base/result.hpp"
#include "base/time.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/client_assertion.hpp"
#include "oidc/names.hpp"

#include <chrono>
#include <string>

namespace sekisho::oidc
{

// How long a request object of ours is good: for a slow browser and clocks that differ, not for keeping.
inline constexpr std::chrono::minutes request_object_life{5};
// From when on: clocks that are behind ours take it too.
inline constexpr std::chrono::minutes request_object_margin{1};

struct request_object_claims
{
    issuer audience; // the provider's own name
    std::string jti; // never the same again
    time_point now;
};

// What parameters_of() says, as claims (RFC 9101, 4): `max_age` as a number, `claims` as an object, several
// `resource` as an array. The JWT's own claims are never overwritten by extra parameters, and there is no
// `sub`, so that it is no client assertion (10.8). Error: value_malformed when the algorithm does not go with
// the key.
result<std::string> make_request_object(
    const authorization_request& request, const request_object_claims& claims, const assertion_signer& signer
);

// What goes through the browser then: the object, and beside it client_id, response_type and scope, which
// OpenID Connect wants there too (Core 6.1).
parameters with_request_object(const authorization_request& request, std::string object);

} // namespace sekisho::oidc
