// SPDX-License-Identifier: Apache-2.0
#include "net/run_on.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <stdexcept>
#include <string>
#include <thread>

using namespace sekisho;
using net::asio::io_context;

namespace
{

net::task<std::string> where_am_i(std::thread::id& seen)
{
    seen = std::this_thread::get_id();
    co_return "there";
}

net::task<std::string> fails()
{
    throw std::runtime_error("no");
    co_return "";
}

// Goes there and back, and says whether it came back.
net::task<bool> round_trip(net::executor home, std::thread::id& seen)
{
    const auto before = std::this_thread::get_id();
    auto value = co_await net::run_on(home, where_am_i(seen));
    co_return value == "there" && std::this_thread::get_id() == before;
}

struct other_thread
{
    io_context context{1};
    net::asio::executor_work_guard<net::executor> work{context.get_executor()};
    std::thread thread{[this] { context.run(); }};
    ~other_thread()
    {
        work.reset();
        thread.join();
    }
};

} // namespace

TEST_CASE("work is done on the other worker and its value arrives on the caller's thread", "[net]")
{
    other_thread other;
    io_context mine(1);
    const auto keep = net::asio::make_work_guard(mine); // as a worker has
    std::thread::id seen;
    bool came_back = false;
    net::asio::co_spawn(
        mine,
        round_trip(other.context.get_executor(), seen),
        [&](std::exception_ptr, bool got)
        {
            came_back = got;
            mine.stop();
        }
    );
    mine.run();
    CHECK(came_back);
    CHECK(seen == other.thread.get_id());
}

TEST_CASE("on the worker itself it is a plain await", "[net]")
{
    io_context mine(1);
    std::thread::id seen;
    CHECK(test::run(mine, round_trip(mine.get_executor(), seen)));
    CHECK(seen == std::this_thread::get_id());
}

TEST_CASE("what the work throws is thrown to the caller", "[net]")
{
    io_context home(1);
    io_context mine(1);
    std::string text;
    net::asio::co_spawn(
        mine,
        net::run_on(home.get_executor(), fails()),
        [&](std::exception_ptr thrown, const std::string&)
        {
            try
            {
                std::rethrow_exception(thrown);
            }
            catch (const std::exception& failure)
            {
                text = failure.what();
            }
        }
    );
    mine.poll();
    home.poll();
    mine.poll();
    CHECK(text == "no");
}

TEST_CASE("the caller's io_context may be destroyed while its work is under way elsewhere", "[net]")
{
    io_context home(1);
    std::thread::id seen;
    bool is_answered = false;
    {
        io_context mine(1);
        net::asio::co_spawn(
            mine,
            net::run_on(home.get_executor(), where_am_i(seen)),
            [&](std::exception_ptr, const std::string&) { is_answered = true; }
        );
        mine.poll();
    }
    home.poll(); // the work goes on and ends all the same
    CHECK(seen == std::this_thread::get_id());
    CHECK_FALSE(is_answered);
}
