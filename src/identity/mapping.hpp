// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claims of a validated ID token (with those of UserInfo merged in) become an identity, or a refusal that
// names the claim.

#include "base/result.hpp"
#include "identity/identity.hpp"
#include "oidc/claims.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::identity
{

// Claim paths as oidc::claims::find takes them; the first that holds a usable value wins. Empty: not wanted.
using claim_chain = std::vector<std::string>;

enum class email_policy : std::uint8_t
{
    optional,
    required, // without an address: oidc_missing_email_claim
};

// True is the boolean true and, because Amazon Cognito sends it, the text "true"; nothing else is.
enum class verification_policy : std::uint8_t
{
    required,   // an address must be verified
    if_present, // an address must be verified when the provider says anything about it
    ignored,
};

// What to do when the provider sends a pointer instead of a person's groups because there are too many
// (`_claim_names`, `hasgroups`: OIDC Core 5.6.2).
enum class group_overage : std::uint8_t
{
    refused, // oidc_identity_unusable: "no groups" would be a wrong answer
    ignored,
};

struct extra_claim
{
    std::string header; // the request header it goes to
    claim_chain claims;
};

struct mapping_config
{
    claim_chain user = {"sub"};
    claim_chain username = {"preferred_username"};
    claim_chain email = {"email"};
    claim_chain name = {"name"};
    claim_chain groups = {"groups"};
    std::vector<extra_claim> extra;
    email_policy email_need = email_policy::optional;
    verification_policy verification = verification_policy::if_present;
    std::string verification_claim = "email_verified";
    std::string group_delimiter; // splits a group claim that is one text; empty: it is one group
    group_overage overage = group_overage::refused;
};

// Integers become their decimal text; booleans, objects, fractions, null and "" never become a text.
// Errors: oidc_missing_user_claim, oidc_missing_email_claim, oidc_email_unverified, oidc_identity_unusable;
// the detail names the claims that were tried.
result<identity> map_claims(const oidc::claims& claims, const mapping_config& config);

// What the provider says of the e-mail address, read strictly.
email_verification read_verification(const oidc::claims& claims, std::string_view claim);

} // namespace sekisho::identity
