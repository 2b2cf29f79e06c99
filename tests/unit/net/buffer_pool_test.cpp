// SPDX-License-Identifier: Apache-2.0
#include "net/buffer_pool.hpp"
#include "support/catch.hpp"

#include <cstring>

namespace sekisho::net
{

TEST_CASE("a block has the pool's size and goes back when it dies", "[net]")
{
    buffer_pool pool(1024, 2);
    const char* first = nullptr;
    {
        const auto one = pool.borrow();
        CHECK(one.span().size() == 1024);
        first = one.span().data();
    }
    const auto again = pool.borrow();
    CHECK(again.span().data() == first);
    const auto other = pool.borrow();
    CHECK(other.span().data() != first);
}

TEST_CASE("a block that is moved from is empty, one that is moved to gives its own back first", "[net]")
{
    buffer_pool pool(64, 4);
    auto one = pool.borrow();
    auto two = pool.borrow();
    const auto* memory = one.span().data();
    const auto* given_back = two.span().data();
    two = std::move(one);
    CHECK(two.span().data() == memory);
    CHECK_FALSE(static_cast<bool>(one));
    CHECK(pool.borrow().span().data() == given_back);
    two.release();
    CHECK_FALSE(static_cast<bool>(two));
    two.release(); // nothing is left to give back
    const auto three = pool.borrow();
    const auto four = pool.borrow();
    CHECK(three.span().data() != four.span().data());
}

TEST_CASE("more blocks than are kept can be lent", "[net]")
{
    buffer_pool pool(64, 1);
    std::vector<block> many;
    for (auto count = 0; count < 10; ++count)
    {
        many.push_back(pool.borrow());
        std::memset(many.back().span().data(), 'a', 64);
    }
    many.clear();
    CHECK(pool.borrow().span().size() == 64);
}

} // namespace sekisho::net
