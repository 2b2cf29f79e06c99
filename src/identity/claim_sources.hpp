// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that a sign-in verified about a person, each source by itself.

#include "base/json.hpp"
#include "base/result.hpp"
#include "identity/claim_path.hpp"
#include "oidc/claims.hpp"

namespace sekisho::identity
{

struct claim_sources
{
    oidc::claims claims; // the ID token's, with those of UserInfo
    // Those of the access token, or why they cannot be read: value_malformed when it is nothing that we read.
    result<oidc::claims> access_token = fail(errc::value_malformed, "access_token", "was not read");
};

// What stands at `path.path`; nullptr: nothing, or null. Error: oidc_identity_unusable when the access token
// cannot be read and the path does not pass over that, or when the keys to read it with were not to be had.
result<const json*> find(const claim_sources& from, const claim_path& path);

// A claim that cannot be used; the detail names it. oidc_identity_unusable.
std::unexpected<error> unusable(std::string_view claim, std::string_view fault);

} // namespace sekisho::identity
