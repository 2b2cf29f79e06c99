// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may do what: which requests need no session. Everything else needs one.

#include "access/rule.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::access
{

enum class verdict : std::uint8_t
{
    sign_in_required,
    allowed,
};

// Immutable; may be shared between threads.
class policy
{
public:
    policy() = default; // everything needs a session
    explicit policy(std::vector<rule> public_rules) : public_rules_(std::move(public_rules)) {}

    // `public_paths` as rule::parse reads them. Error: value_malformed; the detail names the entry and its
    // fault.
    static result<policy> parse(const std::vector<std::string>& public_paths);

    // What a request without a session may do. `canonical_path`: as forwarded, without the query.
    verdict decide(std::string_view method, std::string_view canonical_path) const noexcept;

private:
    std::vector<rule> public_rules_;
};

} // namespace sekisho::access
