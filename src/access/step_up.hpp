// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a path demands of the sign-in beyond that there was one (RFC 9470).

#include "access/rule.hpp"
#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::access
{

struct step_up
{
    std::vector<std::string> acr;                // any of them; empty: any at all
    std::optional<std::chrono::seconds> max_age; // since the person proved who they are; nullopt: any time
    std::optional<std::chrono::seconds> lifetime = std::nullopt; // since the session began; nullopt: any time
    // How far the provider's clock may differ from ours: what the check of the ID token allows, or a sign-in
    // that was good a moment ago would be demanded again, round and round.
    std::chrono::seconds leeway{60};

    bool is_empty() const noexcept { return acr.empty() && !max_age && !lifetime; }
    friend bool operator==(const step_up&, const step_up&) = default;
};

// What a sign-in has shown: the first two from the ID token.
struct sign_in_proof
{
    std::string_view acr;                // empty: the provider says nothing
    std::optional<time_point> auth_time; // nullopt: the provider says nothing
    time_point began{};                  // when the session did
};

// A provider that says nothing has shown nothing.
bool satisfies(const sign_in_proof& shown, const step_up& demanded, time_point now) noexcept;

struct step_up_rule
{
    path_pattern path;
    step_up demand;
};

} // namespace sekisho::access
