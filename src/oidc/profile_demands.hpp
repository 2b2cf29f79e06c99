// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a profile (FAPI 2.0) wants a provider to show in its metadata, beyond what a sign-in needs.

#include "crypto/key.hpp"
#include "oidc/authorization_response.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/metadata.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::oidc
{

// What keeps a stolen token from being used by the thief.
enum class token_binding : std::uint8_t
{
    certificate, // RFC 8705, 3
    dpop,        // RFC 9449
};

enum class request_form : std::uint8_t
{
    plain,
    signed_jwt, // RFC 9101
};

struct profile_demands
{
    std::string name;                                  // "fapi2_security"
    std::vector<crypto::algorithm> algorithms;         // of everything that is signed
    std::vector<client_authentication> authentication; // any of them
    token_binding binding = token_binding::certificate;
    request_form requests = request_form::plain;
    response_form answers = response_form::plain;
};

// One sentence with the section for each demand that the metadata shows not to be met; empty: none. A list
// that is missing says nothing; what defaults to "no" must be there.
std::vector<std::string> unmet(const metadata& provider, const profile_demands& demands);

// Where of the error for metadata that does not meet its profile.
inline constexpr std::string_view unmet_profile = "metadata.profile";

// Error: oidc_metadata_fetch_failure at unmet_profile with all of them.
result<void> check(const metadata& provider, const profile_demands& demands);

} // namespace sekisho::oidc
