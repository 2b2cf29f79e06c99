// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may do what: which requests need no session, and which need a stronger one. Everything else needs one.

#include "access/rule.hpp"
#include "access/step_up.hpp"
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
    explicit policy(std::vector<rule> public_rules, std::vector<step_up_rule> step_ups = {});

    // `public_paths` as rule::parse reads them. Error: value_malformed; the detail names the entry and its
    // fault.
    static result<policy>
    parse(const std::vector<std::string>& public_paths, std::vector<step_up_rule> step_ups = {});

    // What a request without a session may do. `canonical_path`: as forwarded, without the query.
    verdict decide(std::string_view method, std::string_view canonical_path) const noexcept;

    // What a request with a session still lacks: the demand of the first rule whose path matches, or of the
    // first that the application might take the path for, unless it is satisfied or the path is open to
    // everybody. nullptr: nothing. Costs nothing without rules.
    const step_up* unmet(
        std::string_view method, std::string_view canonical_path, const sign_in_proof& shown, time_point now
    ) const noexcept;
    bool has_step_ups() const noexcept { return !step_ups_.empty(); }

    // What a sign-in that begins at this path, to be opened by GET, asks for and says: the first rule whose
    // path matches, unless the path is open to everybody. nullptr: nothing of its own.
    const step_up_rule* beginning_at(std::string_view canonical_path) const noexcept;
    // All that any rule demands, each once: what sessions remember of what was granted.
    const std::vector<std::string>& scopes() const noexcept { return scopes_; }

    const std::vector<rule>& public_rules() const noexcept { return public_rules_; }
    const std::vector<step_up_rule>& step_ups() const noexcept { return step_ups_; }

private:
    std::vector<rule> public_rules_;
    std::vector<step_up_rule> step_ups_; // the first that matches counts
    std::vector<std::string> scopes_;
};

} // namespace sekisho::access
