// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/person.hpp"

#include "gateway/sign_in/email_domain.hpp"
#include "oidc/foreign.hpp"

#include <string>
#include <utility>

namespace sekisho::gateway
{

result<identity::mapped> identify(
    std::string_view provider,
    const identity::claim_sources& from,
    const session_making& making,
    const provider_offers& offers
)
{
    const auto mapping = making.mappings.find(provider);
    const auto number = offers.number_of(provider);
    if (mapping == making.mappings.end() || !number)
        return fail(errc::internal_error, "person.mapping", "none for provider " + std::string(provider));
    auto mapped = mapping->second.map(from);
    if (!mapped)
        return mapped;
    if (auto fine = check_email_domain(mapped->who, *number, offers.domains()); !fine)
    {
        auto why = std::move(fine.error());
        why.detail.append(" (from provider ").append(oidc::in_quotes(provider)).append(")");
        return std::unexpected(std::move(why));
    }
    return mapped;
}

} // namespace sekisho::gateway
