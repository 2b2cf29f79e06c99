// SPDX-License-Identifier: Apache-2.0
#include "provider/token_expectations.hpp"

namespace sekisho::provider
{

oidc::id_token_expectations token_expectations(const configuration& what, const oidc::metadata& metadata)
{
    oidc::id_token_expectations out;
    out.issuer = metadata.issuer;
    out.tenants = what.tenants;
    out.hosted_domains = what.hosted_domains;
    out.client = what.client;
    out.trusted_audiences = what.trusted_audiences;
    out.algorithms = what.algorithms;
    out.skew = what.clock_skew;
    return out;
}

} // namespace sekisho::provider
