// SPDX-License-Identifier: Apache-2.0
#pragma once
// Adding our parameters to the address of an endpoint that may have a query of its own (RFC 6749, 3.1).

#include "base/url.hpp"
#include "oidc/names.hpp"

#include <string>

namespace sekisho::oidc
{

// The endpoint with these parameters. What the endpoint's own query says under the same names is left out;
// the rest of it stays as it is. What is added is added in its order, the same name as often as it is there.
std::string with_parameters(const url& endpoint, const parameters& added);

} // namespace sekisho::oidc
