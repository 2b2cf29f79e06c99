// SPDX-License-Identifier: Apache-2.0
#pragma once
// One part of a memory_shelf: its values and sets, bounded. Not synchronised, knows no clock.

#include "session/shelf.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sekisho::session
{

class memory_part
{
public:
    using instant = std::chrono::steady_clock::time_point;

    struct entry
    {
        std::string name;
        shelved what;
        instant end;
    };
    struct member
    {
        std::string set;
        std::string name;
        instant end;
    };

    // So many values, and members of sets, of each kind; 1 at least.
    memory_part(std::size_t values, std::size_t members) : value_limit_(values), member_limit_(members) {}

    std::optional<shelved> get(const std::string& name, instant now);
    bool put(std::string name, shelved what, instant end, put_when when, instant now);
    bool take(const std::string& name, instant now);
    bool take_own(const std::string& name, std::string_view value, instant now);

    void add_member(const std::string& set, std::string name, instant end, instant now);
    void remove_member(const std::string& set, const std::string& name);
    // The one that ends first in front.
    std::vector<std::string> members(const std::string& set, instant now) const;

    // What is not over; of values the least recently used first.
    std::vector<entry> values(instant now) const;
    std::vector<member> all_members(instant now) const;

private:
    using entries = std::list<entry>;
    using by_end = std::set<std::pair<instant, std::pair<std::string, std::string>>>; // end, set, member
    using set_members = std::map<std::string, instant>;

    entries::iterator find(const std::string& name, instant now);
    void drop(entries::iterator which);
    void drop_over(instant now);
    static std::string kind_of(std::string_view name);

    std::size_t value_limit_;
    std::size_t member_limit_;
    std::unordered_map<std::string, entries::iterator> index_;
    std::map<std::string, entries> values_; // by kind; the most recently used first
    std::unordered_map<std::string, set_members> sets_;
    std::map<std::string, by_end> ends_; // of members, by the kind of their sets
    instant next_drop_{};                // before it nothing is looked at whose life may be over
};

} // namespace sekisho::session
