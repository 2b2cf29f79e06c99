// SPDX-License-Identifier: Apache-2.0
#include "session/memory_shelf.hpp"

#include "session/memory_part.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::session
{
namespace
{

using std::chrono::milliseconds;

constexpr std::size_t many = 4096; // values that are worth dividing
constexpr std::size_t divisions = 16;

memory_shelf::instant end_of(memory_shelf::instant now, milliseconds life)
{
    constexpr std::chrono::hours longest(24 * 366 * 10); // within what the clock can count
    return now + std::clamp<milliseconds>(life, milliseconds::zero(), longest);
}

milliseconds life_of(memory_shelf::instant now, memory_shelf::instant end)
{
    return std::chrono::duration_cast<milliseconds>(end - now);
}

} // namespace

class memory_shelf::part
{
public:
    part(std::size_t values, std::size_t members) : here_(values, members) {}

    template <class Work>
    auto with(Work&& work)
    {
        const std::scoped_lock lock(mutex_);
        return work(here_);
    }

private:
    std::mutex mutex_;
    memory_part here_;
};

memory_shelf::memory_shelf(std::size_t capacity, steady_clock now) : now_(std::move(now))
{
    const auto count = capacity < many ? 1 : divisions;
    const auto values = std::max<std::size_t>(1, (capacity + count - 1) / count);
    // Sets are not divided: the one of all sessions is in one part as a whole.
    for (std::size_t index = 0; index < count; ++index)
        parts_.push_back(std::make_unique<part>(values, std::max<std::size_t>(1, capacity)));
}

memory_shelf::~memory_shelf() = default;

memory_shelf::part& memory_shelf::part_of(std::string_view name) const
{
    return *parts_[std::hash<std::string_view>()(name) % parts_.size()];
}

net::task<result<std::optional<shelved>>> memory_shelf::get(std::string name)
{
    const auto now = now_();
    co_return part_of(name).with([&](memory_part& here) { return here.get(name, now); });
}

net::task<result<bool>> memory_shelf::put(std::string name, shelved what, milliseconds life, put_when when)
{
    const auto now = now_();
    auto& where = part_of(name);
    co_return where.with([&](memory_part& here)
                         { return here.put(std::move(name), std::move(what), end_of(now, life), when, now); }
    );
}

net::task<result<bool>> memory_shelf::take(std::string name)
{
    const auto now = now_();
    co_return part_of(name).with([&](memory_part& here) { return here.take(name, now); });
}

net::task<result<bool>> memory_shelf::take_own(std::string name, std::string value)
{
    const auto now = now_();
    co_return part_of(name).with([&](memory_part& here) { return here.take_own(name, value, now); });
}

net::task<result<void>> memory_shelf::add_member(std::string set, std::string member, milliseconds life)
{
    const auto now = now_();
    part_of(set).with([&](memory_part& here)
                      { here.add_member(set, std::move(member), end_of(now, life), now); });
    co_return result<void>();
}

net::task<result<void>> memory_shelf::remove_member(std::string set, std::string member)
{
    part_of(set).with([&](memory_part& here) { here.remove_member(set, member); });
    co_return result<void>();
}

net::task<result<std::vector<std::string>>> memory_shelf::members(std::string set)
{
    const auto now = now_();
    co_return part_of(set).with([&](memory_part& here) { return here.members(set, now); });
}

net::task<result<member_page>> memory_shelf::members_from(std::string set, std::string)
{
    const auto now = now_();
    auto all = part_of(set).with([&](memory_part& here) { return here.members(set, now); });
    co_return member_page{std::move(all)};
}

net::task<result<void>> memory_shelf::publish(std::string message)
{
    if (listener_.message)
        listener_.message(message);
    co_return result<void>();
}

std::vector<memory_shelf::kept_value> memory_shelf::values() const
{
    const auto now = now_();
    std::vector<kept_value> out;
    for (const auto& each : parts_)
        for (auto& found : each->with([&](memory_part& here) { return here.values(now); }))
            out.push_back({std::move(found.name), std::move(found.what), life_of(now, found.end)});
    return out;
}

std::vector<memory_shelf::kept_member> memory_shelf::all_members() const
{
    const auto now = now_();
    std::vector<kept_member> out;
    for (const auto& each : parts_)
        for (auto& found : each->with([&](memory_part& here) { return here.all_members(now); }))
            out.push_back({std::move(found.set), std::move(found.name), life_of(now, found.end)});
    return out;
}

void memory_shelf::restore(kept_value value)
{
    const auto now = now_();
    auto& where = part_of(value.name);
    where.with(
        [&](memory_part& here)
        {
            return here.put(
                std::move(value.name),
                std::move(value.what),
                end_of(now, value.life),
                put_when::absent_or_newer,
                now
            );
        }
    );
}

void memory_shelf::restore(kept_member member)
{
    const auto now = now_();
    part_of(member.set)
        .with([&](memory_part& here)
              { here.add_member(member.set, std::move(member.member), end_of(now, member.life), now); });
}

std::size_t memory_shelf::size() const { return values().size(); }

} // namespace sekisho::session
