// SPDX-License-Identifier: Apache-2.0
#pragma once
// A logout token that somebody posted, held against the provider it says it is from.

#include "base/result.hpp"
#include "net/task.hpp"
#include "oidc/logout_token.hpp"
#include "provider/registry.hpp"
#include "provider/verification_parts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::provider
{

// On `home`. Every check of oidc::validate_logout_token, with the provider's own keys: fetched again,
// throttled, when none of them made the signature. Errors: those of the checks, oidc_key_fetch_failure, and
// those of the metadata.
net::task<result<oidc::logout_token>> check_logout_token(verification_parts parts, std::string token);

// The providers whose issuer this is, byte for byte; several when we are more than one client of it. With a
// tenant_template the issuers of the tenants that are let in.
std::vector<provider*> with_issuer(const registry& all, std::string_view issuer);

struct logout_notice
{
    provider* from = nullptr;
    oidc::logout_token token;
};

// From any worker. Takes the encryption off, finds the provider by what the token says of itself, and asks
// only that one: a token that names none of ours costs the provider nothing. Errors: as above; of several
// providers that it could be from, the last one's.
net::task<result<logout_notice>> check_logout_token(const registry& all, std::string token);

} // namespace sekisho::provider
