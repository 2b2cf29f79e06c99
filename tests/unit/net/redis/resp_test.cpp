// SPDX-License-Identifier: Apache-2.0
#include "net/redis/resp.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::net;
using kind = redis_reply::kind;

namespace
{

result<std::optional<redis_reply>> read(std::string_view bytes, resp_limits limits = {})
{
    resp_reader reader(limits);
    if (auto fed = reader.feed(bytes); !fed)
        return std::unexpected(fed.error());
    return reader.next();
}

redis_reply text(std::string value) { return {kind::text, std::move(value), 0, {}}; }
redis_reply number(std::int64_t value) { return {kind::number, {}, value, {}}; }

} // namespace

TEST_CASE("a command is a list of texts that may hold any bytes", "[net]")
{
    const std::vector<std::string> words{"SET", std::string("a\r\n\0", 4), ""};
    CHECK(encode_command(words) == std::string("*3\r\n$3\r\nSET\r\n$4\r\na\r\n\0\r\n$0\r\n\r\n", 29));
}

TEST_CASE("every kind of reply is read", "[net]")
{
    const auto [bytes, expected] = GENERATE(table<std::string, redis_reply>({
        {"+OK\r\n", text("OK")},
        {"$5\r\na\r\nbc\r\n", text("a\r\nbc")},
        {"$0\r\n\r\n", text("")},
        {"$-1\r\n", {}},
        {"*-1\r\n", {}},
        {":-42\r\n", number(-42)},
        {"-ERR no\r\n", {kind::error, "ERR no", 0, {}}},
        {"*0\r\n", {kind::list, {}, 0, {}}},
        {"*3\r\n:1\r\n*1\r\n+x\r\n$-1\r\n",
         {kind::list, {}, 0, {number(1), {kind::list, {}, 0, {text("x")}}, {}}}},
    }));
    const auto got = read(bytes);
    REQUIRE(got);
    REQUIRE(*got);
    CHECK(**got == expected);
}

TEST_CASE("a reply that is not whole yet is waited for", "[net]")
{
    const std::string whole = "*2\r\n$3\r\nabc\r\n:7\r\n";
    resp_reader reader;
    for (std::size_t index = 0; index < whole.size(); ++index)
    {
        const auto before = reader.next();
        REQUIRE(before);
        CHECK_FALSE(*before);
        REQUIRE(reader.feed(std::string_view(whole).substr(index, 1)));
    }
    const auto got = reader.next();
    REQUIRE(got);
    REQUIRE(*got);
    CHECK((*got)->list.size() == 2);
}

// CVE-2021-32765: a count that makes the allocation wrap around; here nothing is allocated for it.
TEST_CASE("what is no reply, or too large a one, is refused", "[net]")
{
    const auto [bytes, code] = GENERATE(table<std::string, errc>({
        {"HTTP/1.1 400 Bad Request\r\n\r\n", errc::value_malformed},
        {"$-2\r\n", errc::value_malformed},
        {":1x\r\n", errc::value_malformed},
        {",1.5\r\n", errc::value_malformed}, // RESP3
        {"*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", errc::value_malformed},
        {"*2147483647\r\n", errc::value_too_large},
        {"*11\r\n", errc::value_too_large},
        {"*2\r\n*9\r\n", errc::value_too_large},
        {"$80\r\n" + std::string(80, 'x') + "\r\n" + std::string(20, 'x'), errc::value_too_large},
    }));
    CAPTURE(bytes);
    const auto got = read(bytes, {100, 10});
    REQUIRE_FALSE(got);
    CHECK(got.error().code == code);
}

TEST_CASE("the limits are each reply's own", "[net]")
{
    resp_reader reader({100, 10});
    for (int count = 0; count < 50; ++count)
    {
        REQUIRE(reader.feed(std::string_view("*9\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n"))
        );
        const auto got = reader.next();
        REQUIRE(got);
        REQUIRE(*got);
    }
}
