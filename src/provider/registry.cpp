// SPDX-License-Identifier: Apache-2.0
#include "provider/registry.hpp"

#include <utility>

namespace sekisho::provider
{

result<void> registry::add(std::shared_ptr<provider> one)
{
    if (one->name().empty())
        return fail(errc::value_malformed, "provider.name", "a provider needs a name");
    if (find(one->name()) != nullptr)
        return fail(
            errc::value_malformed, "provider.name", "two providers are named \"" + one->name() + "\""
        );
    if (one->settings().protocol == protocol::oauth2 && !one->has_completion())
        return fail(
            errc::value_malformed,
            "provider.completion",
            "\"" + one->name() +
                "\" speaks OAuth 2.0 without OpenID Connect: set groups_from or preset to "
                "the one that can say who a person is (github, gitlab)"
        );
    providers_.push_back(std::move(one));
    return {};
}

provider* registry::find(std::string_view name) const noexcept
{
    for (const auto& each : providers_)
        if (each->name() == name)
            return each.get();
    return nullptr;
}

std::vector<std::string> names_of(const registry& all)
{
    std::vector<std::string> names;
    for (const auto& each : all.all())
        names.push_back(each->name());
    return names;
}

std::vector<std::string> issuers_of(const registry& all)
{
    std::vector<std::string> issuers;
    for (const auto& each : all.all())
        issuers.push_back(each->settings().issuer.identifier.str());
    return issuers;
}

result<std::vector<crypto::decryption_key>> decryption_keys_of(const registry& all)
{
    std::vector<crypto::decryption_key> keys;
    std::optional<error> fault;
    for (const auto& each : all.all())
        if (const auto own = each->all_decryption_keys())
            keys.insert(keys.end(), own->begin(), own->end());
        else
            fault = own.error();
    if (keys.empty() && fault)
        return std::unexpected(*std::move(fault));
    return keys;
}

} // namespace sekisho::provider
