// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every shelf promises (session/shelf.hpp), as one suite: call it in a TEST_CASE of its own.

#include "session/shelf.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::test
{

// A shelf and what a test has to do to it.
class shelf_subject
{
public:
    virtual ~shelf_subject() = default;
    virtual session::shelf& here() = 0;
    // The same values as another replica sees them; where there is only one process, the same shelf.
    virtual session::shelf& there() = 0;
    // A life that may be waited for.
    virtual std::chrono::milliseconds short_life() const = 0;
    // Lets a short life end.
    virtual void outlive() = 0;
    // What here() heard, as soon as there are so many messages; fewer: no more came in time.
    virtual std::vector<std::string> heard(std::size_t count) = 0;

    net::asio::io_context context{1}; // where the test's coroutines run
    template <class T>
    T run(net::task<T> work)
    {
        return test::run(context, std::move(work));
    }
};

// One verb each, with what cannot be waited for left out: REQUIREs that the shelf answered.
class shelf_hands
{
public:
    shelf_hands(shelf_subject& of, session::shelf& which) : of_(of), which_(which) {}

    std::optional<session::shelved> get(std::string name)
    {
        const auto got = of_.run(which_.get(std::move(name)));
        REQUIRE(got);
        return *got;
    }
    std::string value(std::string name)
    {
        const auto got = get(std::move(name));
        return got ? got->value : "(none)";
    }
    bool
    put(std::string name,
        session::shelved what,
        session::put_when when,
        std::chrono::milliseconds life = std::chrono::hours(1))
    {
        const auto put = of_.run(which_.put(std::move(name), std::move(what), life, when));
        REQUIRE(put);
        return *put;
    }
    bool take(std::string name)
    {
        const auto taken = of_.run(which_.take(std::move(name)));
        REQUIRE(taken);
        return *taken;
    }
    bool take_own(std::string name, std::string value)
    {
        const auto taken = of_.run(which_.take_own(std::move(name), std::move(value)));
        REQUIRE(taken);
        return *taken;
    }
    void add(std::string set, std::string member, std::chrono::milliseconds life = std::chrono::hours(1))
    {
        REQUIRE(of_.run(which_.add_member(std::move(set), std::move(member), life)));
    }
    void remove(std::string set, std::string member)
    {
        REQUIRE(of_.run(which_.remove_member(std::move(set), std::move(member))));
    }
    std::vector<std::string> members(std::string set)
    {
        const auto found = of_.run(which_.members(std::move(set)));
        REQUIRE(found);
        return *found;
    }
    void publish(std::string message) { REQUIRE(of_.run(which_.publish(std::move(message)))); }

private:
    shelf_subject& of_;
    session::shelf& which_;
};

// `make`: a new subject with nothing on its shelf.
void shelf_contract(const std::function<std::unique_ptr<shelf_subject>()>& make);

} // namespace sekisho::test
