// SPDX-License-Identifier: Apache-2.0
#pragma once
// The values of OpenID Connect that must not be taken for one another.

#include "base/text.hpp"
#include "http/form.hpp"
#include "oidc/flow.hpp"

#include <vector>

namespace sekisho::oidc
{

using issuer = text<struct issuer_tag>; // compared byte for byte, never normalised
using client_id = text<struct client_id_tag>;
using subject = text<struct subject_tag>; // unique within its issuer only
using nonce = text<struct nonce_tag>;
using state = text<struct state_tag>;
using code = text<struct code_tag>;
using code_verifier = text<struct code_verifier_tag>; // RFC 7636
using redirect_uri = text<struct redirect_uri_tag>;

// Names and values, decoded, in the order they came or go; the same name may occur twice.
using parameter = http::form_field;
using parameters = std::vector<parameter>;

} // namespace sekisho::oidc
