// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a refusal of the token endpoint usually means, and which of our settings or theirs puts it right.

#include <string_view>

namespace sekisho::oidc
{

// Both live forever.
struct token_error_explanation
{
    std::string_view where; // "token_response.invalid_client"
    std::string_view hint;  // empty: nothing is known of this error
};

// Of RFC 6749, 5.2's `error` and `error_description`. What the description says of a provider's own (Entra's
// AADSTS numbers, Okta's sentences) goes first: it is closer to the cause.
token_error_explanation explain_token_error(std::string_view code, std::string_view description);

} // namespace sekisho::oidc
