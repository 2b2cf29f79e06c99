// SPDX-License-Identifier: Apache-2.0
#include "identity/group_filter.hpp"

#include <algorithm>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view step = "identity.group_filter";

std::unexpected<error> malformed(std::string_view entry, std::string_view fault)
{
    std::string detail("\"");
    detail.append(entry).append("\" ").append(fault);
    return fail(errc::value_malformed, step, std::move(detail));
}

bool is_expression(std::string_view entry)
{
    return entry.size() > 2 && entry.starts_with('/') && entry.ends_with('/');
}

} // namespace

result<void> group_filter::add(std::string_view entry)
{
    if (is_expression(entry))
    {
        auto compiled = pattern::compile(entry.substr(1, entry.size() - 2));
        if (!compiled)
            return malformed(entry, "is no expression of RE2: " + compiled.error().detail);
        patterns_.push_back(*std::move(compiled));
        return {};
    }
    if (entry.empty())
        return malformed(entry, "names no group");
    const auto star = entry.find('*');
    if (star == std::string_view::npos)
        names_.emplace_back(entry);
    else if (star + 1 == entry.size())
        beginnings_.emplace_back(entry.substr(0, star));
    else
        return malformed(entry, "has a * that is not at the end; write an expression: /^a.*z$/");
    return {};
}

result<group_filter> group_filter::parse(const std::vector<std::string>& entries)
{
    group_filter made;
    for (const auto& entry : entries)
        if (auto added = made.add(entry); !added)
            return std::unexpected(added.error());
    return made;
}

bool group_filter::meets(std::string_view group) const
{
    return std::ranges::find(names_, group) != names_.end() ||
           std::ranges::any_of(beginnings_, [&](const auto& each) { return group.starts_with(each); }) ||
           std::ranges::any_of(patterns_, [&](const auto& each) { return each.is_found_in(group); });
}

} // namespace sekisho::identity
