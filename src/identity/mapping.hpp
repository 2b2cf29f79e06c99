// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a sign-in verified becomes an identity, or a refusal that names the claim.

#include "base/result.hpp"
#include "identity/claim_sources.hpp"
#include "identity/identity.hpp"
#include "identity/mapping_config.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sekisho::identity
{

struct mapped
{
    identity who;
    std::vector<std::string> left_out; // sentences: what was there and is not in it, for the log
};

// A configuration, parsed and compiled once. Cheap to copy; may be used by several threads at once.
class mapping
{
public:
    mapping(); // of a default mapping_config
    // Error: value_malformed; the detail has all problems().
    static result<mapping> of(const mapping_config& config);

    // Integers become their decimal text; booleans, objects, fractions, null and "" never become a text.
    // Errors: oidc_missing_user_claim, oidc_missing_email_claim, oidc_email_unverified,
    // oidc_identity_unusable; the detail names the claims that were tried.
    result<mapped> map(const claim_sources& from) const;

private:
    struct rules;
    explicit mapping(std::shared_ptr<const rules> compiled);
    std::shared_ptr<const rules> rules_;
};

} // namespace sekisho::identity
