// SPDX-License-Identifier: Apache-2.0
#include "directory/answer_cache.hpp"

#include <algorithm>

namespace sekisho::directory
{

std::optional<std::vector<std::string>> answer_cache::find(const person& who, provider::steady_time now) const
{
    const auto found = answers_.find(who);
    if (found == answers_.end() || now - found->second.made >= life_)
        return std::nullopt;
    return found->second.groups;
}

void answer_cache::put(const person& who, std::vector<std::string> groups, provider::steady_time now)
{
    if (!answers_.contains(who) && answers_.size() >= capacity_)
        make_room(now);
    answers_.insert_or_assign(who, answer{std::move(groups), now});
}

void answer_cache::make_room(provider::steady_time now)
{
    std::erase_if(answers_, [&](const auto& each) { return now - each.second.made >= life_; });
    if (answers_.size() < capacity_)
        return;
    const auto made = [](const auto& each) { return each.second.made; };
    if (const auto oldest = std::ranges::min_element(answers_, {}, made); oldest != answers_.end())
        answers_.erase(oldest);
}

} // namespace sekisho::directory
