// SPDX-License-Identifier: Apache-2.0
#include "session/opened_cache.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <memory>
#include <string>
#include <string_view>

using namespace sekisho;
using session::opened_cache;
using session::opened_session;
using session::session_cookies;

namespace
{

session_cookies pieces(std::initializer_list<std::string_view> texts)
{
    session_cookies cookies;
    for (const auto text : texts)
        cookies.chunks[cookies.count++] = text;
    return cookies;
}

std::shared_ptr<const opened_session> opened(std::string id)
{
    return std::make_shared<const opened_session>(
        opened_session{test::sample_session(std::move(id)), "U: x\r\n"}
    );
}

} // namespace

TEST_CASE("a session is found by exactly its cookie", "[session]")
{
    opened_cache cache;
    const std::string text(600, 'a');
    const auto value = opened("1");
    cache.put(pieces({text}), value);
    CHECK(cache.find(pieces({std::string(text)})) == value);
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{300}, std::size_t{599}})
    {
        auto altered = text;
        altered[at] = 'b';
        CHECK(cache.find(pieces({altered})) == nullptr);
    }
    CHECK(cache.find(pieces({text.substr(1)})) == nullptr);
    CHECK(cache.find(pieces({text + "a"})) == nullptr);
    CHECK(cache.find({}) == nullptr);
}

TEST_CASE("where one piece ends and the next begins is part of the key", "[session]")
{
    opened_cache cache;
    cache.put(pieces({"2ab", "cd"}), opened("1"));
    CHECK(cache.find(pieces({"2ab", "cd"})) != nullptr);
    CHECK(cache.find(pieces({"2a", "bcd"})) == nullptr);
    CHECK(cache.find(pieces({"2abcd"})) == nullptr);
    CHECK(cache.find(pieces({"2ab", "cd", "e"})) == nullptr);
}

TEST_CASE("the least recently used session goes first", "[session]")
{
    opened_cache cache(2);
    cache.put(pieces({"1a"}), opened("a"));
    cache.put(pieces({"1b"}), opened("b"));
    CHECK(cache.find(pieces({"1a"})) != nullptr);
    cache.put(pieces({"1c"}), opened("c"));
    CHECK(cache.size() == 2);
    CHECK(cache.find(pieces({"1a"})) != nullptr);
    CHECK(cache.find(pieces({"1b"})) == nullptr);
    CHECK(cache.find(pieces({"1c"})) != nullptr);
}

TEST_CASE("the cache never holds more than its capacity", "[session]")
{
    opened_cache cache(64);
    for (int index = 0; index < 10'000; ++index)
        cache.put(pieces({"1" + std::to_string(index)}), opened(std::to_string(index)));
    CHECK(cache.size() == 64);
    CHECK(cache.find(pieces({"19999"})) != nullptr);
    opened_cache none(0);
    none.put(pieces({"1a"}), opened("a"));
    CHECK(none.size() == 0);
}

TEST_CASE("putting a cookie again replaces what was known of it", "[session]")
{
    opened_cache cache;
    cache.put(pieces({"1a"}), opened("old"));
    const auto fresh = opened("new");
    cache.put(pieces({"1a"}), fresh);
    CHECK(cache.size() == 1);
    CHECK(cache.find(pieces({"1a"})) == fresh);
}

TEST_CASE("a session that is forgotten is gone under all its cookies", "[session]")
{
    opened_cache cache;
    cache.put(pieces({"1first"}), opened("a"));
    cache.put(pieces({"1renewed"}), opened("a"));
    cache.put(pieces({"1other"}), opened("b"));
    cache.forget(session::session_id("a"));
    CHECK(cache.find(pieces({"1first"})) == nullptr);
    CHECK(cache.find(pieces({"1renewed"})) == nullptr);
    CHECK(cache.find(pieces({"1other"})) != nullptr);
    cache.clear();
    CHECK(cache.size() == 0);
    CHECK(cache.find(pieces({"1other"})) == nullptr);
}

TEST_CASE("a request that holds a session keeps it alive after the cache dropped it", "[session]")
{
    opened_cache cache(1);
    cache.put(pieces({"1a"}), opened("a"));
    const auto held = cache.find(pieces({"1a"}));
    cache.put(pieces({"1b"}), opened("b"));
    CHECK(held->value.id.view() == "a");
}
