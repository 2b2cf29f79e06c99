// SPDX-License-Identifier: Apache-2.0
#pragma once
// The configured providers by name. Filled at start, then only read.

#include "provider/provider.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::provider
{

class registry
{
public:
    // Error: value_malformed when the name is taken or empty, and for an OAuth 2.0 provider without
    // completion. The first one added is the default.
    result<void> add(std::shared_ptr<provider> one);

    // nullptr: there is none of that name.
    provider* find(std::string_view name) const noexcept;
    // There is at least one.
    provider& default_provider() const noexcept { return *providers_.front(); }
    std::span<const std::shared_ptr<provider>> all() const noexcept { return providers_; }

private:
    std::vector<std::shared_ptr<provider>> providers_; // shared with the registry of the next configuration
};

// For refusals that name something else: what could have been named. In the order they were added.
std::vector<std::string> names_of(const registry& all);
std::vector<std::string> issuers_of(const registry& all);

// All keys of ours that decrypt, for what comes without saying whose it is. Empty: none are set. Error:
// value_malformed: there are none, because those of a provider cannot be used.
result<std::vector<crypto::decryption_key>> decryption_keys_of(const registry& all);

} // namespace sekisho::provider
