// SPDX-License-Identifier: Apache-2.0
#include "access/administrators.hpp"

#include "http/fields.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::access
{
namespace
{

bool is_same_address(std::string_view left, std::string_view right) noexcept
{
    const auto at = left.rfind('@');
    return left.size() == right.size() && at != std::string_view::npos &&
           left.substr(0, at) == right.substr(0, at) && http::equal_names(left.substr(at), right.substr(at));
}

bool is_named(const identity::identity& who, std::string_view name) noexcept
{
    if (name.empty())
        return false;
    const auto has_verified_address = who.email && who.email_state == identity::email_verification::verified;
    return name == who.user || name == who.username ||
           (has_verified_address && is_same_address(*who.email, name));
}

} // namespace

bool is_administrator(const identity::identity& who, const administrators& among) noexcept
{
    const auto names = [&](const std::string& each) { return is_named(who, each); };
    const auto holds = [&](const std::string& each)
    { return !each.empty() && std::ranges::find(who.groups, each) != who.groups.end(); };
    return std::ranges::any_of(among.users, names) || std::ranges::any_of(among.groups, holds);
}

} // namespace sekisho::access
