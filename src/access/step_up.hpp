// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a path demands of the sign-in beyond that there was one (RFC 9470).

#include "access/rule.hpp"
#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
    std::vector<std::string> scopes{}; // all of them, granted (RFC 6749, 3.3); empty: none

    bool is_empty() const noexcept { return acr.empty() && !max_age && !lifetime && scopes.empty(); }
    friend bool operator==(const step_up&, const step_up&) = default;
};

// What a sign-in has shown: the first two from the ID token.
struct sign_in_proof
{
    std::string_view acr;                // empty: the provider says nothing
    std::optional<time_point> auth_time; // nullopt: the provider says nothing
    time_point began{};                  // when the session did
    std::string_view scope{};            // of what paths demand, what was granted; separated by spaces
};

// Whether `scope`, words separated by single spaces, has this one.
bool has_scope(std::string_view scope, std::string_view wanted) noexcept;
// Whether it has all of them.
bool has_scopes(std::string_view scope, const std::vector<std::string>& wanted) noexcept;
// Those of `wanted` that it has, written as it is.
std::string those_in(std::string_view scope, const std::vector<std::string>& wanted);

// A provider that says nothing has shown nothing.
bool satisfies(const sign_in_proof& shown, const step_up& demanded, time_point now) noexcept;

struct step_up_rule
{
    path_pattern path;
    step_up demand;
    // Of the request for a sign-in that begins at the path, as name and value; they demand nothing.
    std::vector<std::pair<std::string, std::string>> parameters{};
};

} // namespace sekisho::access
