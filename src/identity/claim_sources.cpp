// SPDX-License-Identifier: Apache-2.0
#include "identity/claim_sources.hpp"

#include <string>
#include <utility>

namespace sekisho::identity
{

std::unexpected<error> unusable(std::string_view claim, std::string_view fault)
{
    std::string detail("claim ");
    detail.append(claim).append(" ").append(fault);
    return fail(errc::oidc_identity_unusable, "identity.mapping", std::move(detail));
}

result<const json*> find(const claim_sources& from, const claim_path& path)
{
    if (path.source == claim_source::claims)
        return from.claims.find(path.path);
    if (from.access_token)
        return from.access_token->find(path.path);
    const auto& why = from.access_token.error();
    // Keys that could not be fetched are an outage: who has roles would be somebody without any.
    if (path.when_unreadable == unreadable_token::is_passed_over && why.code == errc::value_malformed)
        return nullptr;
    return unusable(path.written, "cannot be looked up: the access token " + why.detail);
}

} // namespace sekisho::identity
