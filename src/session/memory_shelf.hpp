// SPDX-License-Identifier: Apache-2.0
#pragma once
// A shelf in this process: shared by its workers, gone with it unless it is saved (session/shelf_file).

#include "session/shelf.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sekisho::session
{

// Never waits: every verb is done when it returns, and none fails. Any thread; divided into parts that are
// guarded by a mutex each.
class memory_shelf final : public shelf
{
public:
    using instant = std::chrono::steady_clock::time_point;
    using steady_clock = std::function<instant()>; // called from any thread

    // `capacity`: so many values of each kind (what is before the colon in a name: at most one of a session)
    // and so many members of sets of each kind. Above it the least recently used value, or the member that
    // ends first, leaves; with many it is divided over the parts, so that this happens a little earlier.
    explicit memory_shelf(std::size_t capacity = 100'000, steady_clock now = std::chrono::steady_clock::now);
    ~memory_shelf() override;

    net::task<result<std::optional<shelved>>> get(std::string name) override;
    net::task<result<bool>>
    put(std::string name, shelved what, std::chrono::milliseconds life, put_when when) override;
    net::task<result<bool>> take(std::string name) override;
    net::task<result<bool>> take_own(std::string name, std::string value) override;
    net::task<result<void>>
    add_member(std::string set, std::string member, std::chrono::milliseconds life) override;
    net::task<result<void>> remove_member(std::string set, std::string member) override;
    net::task<result<std::vector<std::string>>> members(std::string set) override;
    // In one part.
    net::task<result<member_page>> members_from(std::string set, std::string from) override;

    // Calls the listener before it returns, with no lock held. There are no gaps.
    net::task<result<void>> publish(std::string message) override;
    void listen(shelf_listener listener) override { listener_ = std::move(listener); }
    shelf_state state() const override { return {}; }

    // Everything, as it can be put again; of values the least recently used first.
    struct kept_value
    {
        std::string name;
        shelved what;
        std::chrono::milliseconds life;
    };
    struct kept_member
    {
        std::string set;
        std::string member;
        std::chrono::milliseconds life;
    };
    std::vector<kept_value> values() const;
    std::vector<kept_member> all_members() const;
    void restore(kept_value value);
    void restore(kept_member member);

    std::size_t size() const; // values whose life is not over

private:
    class part;
    part& part_of(std::string_view name) const;

    steady_clock now_;
    std::vector<std::unique_ptr<part>> parts_;
    shelf_listener listener_;
};

} // namespace sekisho::session
