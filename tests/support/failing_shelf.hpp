// SPDX-License-Identifier: Apache-2.0
#pragma once
// A shelf that fails when a test says so, and counts what is asked of it.

#include "session/shelf.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test
{

// One thread.
class failing_shelf final : public session::shelf
{
public:
    explicit failing_shelf(std::shared_ptr<session::shelf> good) : good_(std::move(good)) {}

    // The calls from now on are counted from 1.
    void fail_only(std::size_t call) { set(call, call + 1); }
    void fail_from(std::size_t call) { set(call, std::numeric_limits<std::size_t>::max()); }
    void work() { set(0, 0); }
    std::size_t calls() const { return calls_; } // since the last of these

    net::task<result<std::optional<session::shelved>>> get(std::string name) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->get(std::move(name));
    }
    net::task<result<bool>>
    put(std::string name, session::shelved what, std::chrono::milliseconds life, session::put_when when
    ) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->put(std::move(name), std::move(what), life, when);
    }
    net::task<result<bool>> take(std::string name) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->take(std::move(name));
    }
    net::task<result<bool>> take_own(std::string name, std::string value) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->take_own(std::move(name), std::move(value));
    }
    net::task<result<void>>
    add_member(std::string set, std::string member, std::chrono::milliseconds life) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->add_member(std::move(set), std::move(member), life);
    }
    net::task<result<void>> remove_member(std::string set, std::string member) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->remove_member(std::move(set), std::move(member));
    }
    net::task<result<std::vector<std::string>>> members(std::string set) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->members(std::move(set));
    }
    net::task<result<session::member_page>> members_from(std::string set, std::string from) override
    {
        if (fails())
            co_return down();
        if (part == 0)
            co_return co_await good_->members_from(std::move(set), std::move(from));
        auto all = co_await good_->members(std::move(set));
        const auto begin = from.empty() ? 0 : std::min<std::size_t>(std::stoul(from), all->size());
        const auto end = std::min(begin + part, all->size());
        session::member_page made;
        for (auto index = begin; index < end; ++index)
            made.members.push_back(std::move((*all)[index]));
        made.next = end < all->size() ? std::to_string(end) : "";
        co_return made;
    }
    net::task<result<void>> publish(std::string message) override
    {
        if (fails())
            co_return down();
        co_return co_await good_->publish(std::move(message));
    }
    void listen(session::shelf_listener listener) override { good_->listen(std::move(listener)); }
    session::shelf_state state() const override { return known; }

    std::size_t part = 0;         // so many members at a time; 0: as the shelf behind it gives them
    session::shelf_state known{}; // what it says about itself

private:
    void set(std::size_t first, std::size_t last)
    {
        calls_ = 0;
        first_ = first;
        last_ = last;
    }
    bool fails()
    {
        ++calls_;
        return calls_ >= first_ && calls_ < last_;
    }
    static std::unexpected<error> down()
    {
        return fail(errc::session_store_unavailable, "test.shelf", "it fails as the test wants it to");
    }

    std::shared_ptr<session::shelf> good_;
    std::size_t calls_ = 0;
    std::size_t first_ = 0;
    std::size_t last_ = 0; // the first that works again
};

} // namespace sekisho::test
