// SPDX-License-Identifier: Apache-2.0
#include "net/input_buffer.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string_view>

namespace sekisho::net
{
namespace
{

void put(input_buffer& into, std::string_view text)
{
    std::ranges::copy(text, into.room().begin());
    into.commit(text.size());
}

} // namespace

TEST_CASE("what was put and not consumed is there in one piece", "[net]")
{
    buffer_pool pool(16, 1);
    input_buffer input;
    CHECK_FALSE(input.has_memory());
    CHECK(input.is_empty());
    CHECK(input.room().empty());
    input.use(pool.borrow());
    put(input, "abcdef");
    input.consume(2);
    put(input, "gh");
    CHECK(input.text() == "cdefgh");
    CHECK(input.room().size() == 8);
    input.compact();
    CHECK(input.text() == "cdefgh");
    CHECK(input.room().size() == 10);
}

TEST_CASE("consuming leaves views where they are until compact()", "[net]")
{
    buffer_pool pool(16, 1);
    input_buffer input;
    input.use(pool.borrow());
    put(input, "headbody");
    const auto head = input.text().substr(0, 4);
    input.consume(4);
    put(input, "more");
    CHECK(head == "head");
    CHECK(input.text() == "bodymore");
}

TEST_CASE("a buffer goes on in larger memory", "[net]")
{
    buffer_pool small(8, 1);
    buffer_pool large(32, 1);
    input_buffer input;
    input.use(small.borrow());
    put(input, "abcdefgh");
    CHECK(input.room().empty());
    input.consume(3);
    input.move_to(large.borrow());
    CHECK(input.text() == "defgh");
    CHECK(input.capacity() == 32);
    CHECK(input.room().size() == 27);
    input.release();
    CHECK_FALSE(input.has_memory());
    CHECK(input.is_empty());
}

TEST_CASE("compacting an empty buffer gives all its room", "[net]")
{
    buffer_pool pool(8, 1);
    input_buffer input;
    input.use(pool.borrow());
    put(input, "abcdefgh");
    input.consume(8);
    CHECK(input.is_empty());
    CHECK(input.room().empty());
    input.compact();
    CHECK(input.room().size() == 8);
}

} // namespace sekisho::net
