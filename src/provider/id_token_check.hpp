// SPDX-License-Identifier: Apache-2.0
#pragma once
// An ID token, out of its encryption, held against the provider: by its signature or, for a provider that has
// no keys, by the way it came.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "oidc/id_token.hpp"
#include "oidc/metadata.hpp"
#include "provider/verification_parts.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace sekisho::provider
{

// Who gave it to us.
enum class id_token_origin : std::uint8_t
{
    browser,
    token_endpoint,
};

struct received_id_token
{
    std::string text;
    id_token_origin from = id_token_origin::browser;
    std::shared_ptr<const oidc::metadata> metadata; // by which it was asked for
};

// On `home`. Errors: those of oidc::validate_id_token, oidc_key_fetch_failure, and those of the metadata; at
// oidc::bad_signature where only TLS could vouch for it and it did not come that way.
net::task<result<oidc::claims>>
check_id_token(verification_parts parts, received_id_token token, oidc::id_token_expectations expected);

// Whether check_id_token() leaves the signature of such a token unchecked.
bool is_believed(const configuration& what, std::string_view id_token, id_token_origin from);

} // namespace sekisho::provider
