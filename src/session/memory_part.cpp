// SPDX-License-Identifier: Apache-2.0
#include "session/memory_part.hpp"

#include <algorithm>
#include <ranges>

namespace sekisho::session
{
namespace
{

// Values over are looked for at most this often; until then they count as any other.
constexpr std::chrono::seconds pause(60);

} // namespace

std::optional<shelved> memory_part::get(const std::string& name, instant now)
{
    auto& kind = values_[kind_of(name)];
    const auto place = find(name, now);
    if (place == kind.end())
        return std::nullopt;
    kind.splice(kind.begin(), kind, place);
    return place->what;
}

bool memory_part::put(std::string name, shelved what, instant end, put_when when, instant now)
{
    drop_over(now);
    auto& kind = values_[kind_of(name)];
    const auto old = find(name, now);
    const bool is_there = old != kind.end();
    if (is_there ? when == put_when::absent || old->what.version >= what.version : when == put_when::newer)
        return false;
    if (is_there)
        drop(old);
    if (end <= now)
        return true;
    if (kind.size() >= value_limit_)
        drop(std::prev(kind.end()));
    kind.push_front({name, std::move(what), end});
    index_.emplace(std::move(name), kind.begin());
    return true;
}

bool memory_part::take(const std::string& name, instant now)
{
    const auto place = find(name, now);
    if (place == values_[kind_of(name)].end())
        return false;
    drop(place);
    return true;
}

bool memory_part::take_own(const std::string& name, std::string_view value, instant now)
{
    const auto place = find(name, now);
    if (place == values_[kind_of(name)].end() || place->what.value != value)
        return false;
    drop(place);
    return true;
}

void memory_part::add_member(const std::string& set, std::string name, instant end, instant now)
{
    drop_over(now);
    remove_member(set, name);
    if (end <= now)
        return;
    auto& ends = ends_[kind_of(set)];
    if (ends.size() >= member_limit_)
    {
        const auto first = ends.begin()->second;
        remove_member(first.first, first.second);
    }
    ends.insert({end, {set, name}});
    sets_[set].emplace(std::move(name), end);
}

void memory_part::remove_member(const std::string& set, const std::string& name)
{
    const auto found = sets_.find(set);
    if (found == sets_.end())
        return;
    const auto place = found->second.find(name);
    if (place == found->second.end())
        return;
    ends_[kind_of(set)].erase({place->second, {set, name}});
    found->second.erase(place);
    if (found->second.empty())
        sets_.erase(found);
}

std::vector<std::string> memory_part::members(const std::string& set, instant now) const
{
    constexpr std::size_t most = 100'000;
    std::vector<std::pair<instant, std::string>> found;
    if (const auto here = sets_.find(set); here != sets_.end())
        for (const auto& [name, end] : here->second)
            if (end > now)
                found.emplace_back(end, name);
    std::ranges::sort(found);
    found.resize(std::min(found.size(), most));
    std::vector<std::string> names;
    names.reserve(found.size());
    for (auto& [end, name] : found)
        names.push_back(std::move(name));
    return names;
}

std::vector<memory_part::entry> memory_part::values(instant now) const
{
    std::vector<entry> out;
    for (const auto& [kind, entries] : values_)
        for (const auto& each : std::views::reverse(entries))
            if (each.end > now)
                out.push_back(each);
    return out;
}

std::vector<memory_part::member> memory_part::all_members(instant now) const
{
    std::vector<member> out;
    for (const auto& [set, members] : sets_)
        for (const auto& [name, end] : members)
            if (end > now)
                out.push_back({set, name, end});
    return out;
}

// The end of the kind's list: not there. One whose life is over goes on the way.
memory_part::entries::iterator memory_part::find(const std::string& name, instant now)
{
    auto& kind = values_[kind_of(name)];
    const auto found = index_.find(name);
    if (found == index_.end())
        return kind.end();
    if (found->second->end > now)
        return found->second;
    drop(found->second);
    return kind.end();
}

void memory_part::drop(entries::iterator which)
{
    auto& kind = values_[kind_of(which->name)];
    index_.erase(which->name);
    kind.erase(which);
}

void memory_part::drop_over(instant now)
{
    for (auto& [kind, ends] : ends_)
        while (!ends.empty() && ends.begin()->first <= now)
        {
            const auto first = ends.begin()->second;
            remove_member(first.first, first.second);
        }
    if (now < next_drop_)
        return;
    next_drop_ = now + pause;
    for (auto& [kind, entries] : values_)
        for (auto place = entries.begin(); place != entries.end();)
        {
            const auto here = place++;
            if (here->end <= now)
                drop(here);
        }
}

std::string memory_part::kind_of(std::string_view name)
{
    return std::string(name.substr(0, name.find(':')));
}

} // namespace sekisho::session
