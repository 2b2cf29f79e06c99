// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the rules are written against: the values, and a place for what they find.

#include "settings/finding.hpp"
#include "settings/model.hpp"

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// std::ranges::contains, which libstdc++ 12 lacks.
template <class Range, class Value>
bool holds(const Range& range, const Value& value)
{
    return std::ranges::find(range, value) != std::ranges::end(range);
}

class examination
{
public:
    examination(const model& values, const std::vector<origin>& origins) : values_(values), origins_(origins)
    {
    }

    const model& values() const { return values_; }

    // A problem or warning about one setting, with the place where it was set.
    void refuse(std::string_view path, std::string message);
    void warn(std::string_view path, std::string message);
    // The setting has no value and needs one; `what` says what it is.
    void require(std::string_view path, std::string_view what);

    findings take() { return std::move(found_); }

private:
    void add(std::vector<finding>& to, std::string_view path, std::string message);

    const model& values_;
    const std::vector<origin>& origins_;
    findings found_;
};

// The rules of each section, in the files check_<section>.cpp.
void check_oidc(examination& about);
void check_server(examination& about);
void check_upstream(examination& about);
void check_session(examination& about);
void check_identity(examination& about);
void check_access(examination& about);
void check_admin(examination& about);

} // namespace sekisho::settings
