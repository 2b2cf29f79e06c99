// SPDX-License-Identifier: Apache-2.0
#pragma once
// A Google service account that acts for an administrator (domain-wide delegation): its key file, the
// assertion it signs (RFC 7523, 2.1), the access token that comes back. Pure.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "crypto/signing_key.hpp"
#include "oidc/address.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace sekisho::directory
{

struct service_account
{
    std::string email;
    std::string key_id;
    crypto::signing_key key;
    url token_address;
};

// The key file as Google's console writes it. Error: value_malformed at "oidc.service_account" with what is
// missing and where the right file comes from.
result<service_account> parse_service_account(const secret& file, oidc::transport rule);

// The body of the token request: an assertion signed with RS256, good for an hour, for reading groups as
// `actor` (an administrator's address). Error: value_malformed when the key cannot sign.
result<std::string> grant_form(const service_account& from, std::string_view actor, time_point now);

struct granted_token
{
    secret value;
    std::chrono::seconds life; // 0: not said, or not positive
};

// Error: oidc_directory_failure.
result<granted_token> read_granted_token(std::string_view body);

} // namespace sekisho::directory
