// SPDX-License-Identifier: Apache-2.0
#include "net/http1_body.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace sekisho::net
{
namespace
{

const http::framing chunked{http::framing_kind::chunked, 0};

// What comes out when the bytes arrive in pieces of this size; what is not used is shown again with more
// behind it.
std::string read_all(http1_body& body, std::string_view bytes, std::size_t step, parsed_fields& fields)
{
    std::string got;
    std::size_t used = 0;
    for (std::size_t arrived = std::min(step, bytes.size()); !body.is_done();)
    {
        const auto piece = body.read({bytes.data() + used, arrived - used}, fields, 10);
        if (!piece)
            return "error: " + piece.error().detail;
        got.append(piece->data.begin(), piece->data.end());
        used += piece->used;
        if (!piece->data.empty() || body.is_done())
            continue;
        if (arrived == bytes.size())
            return got + " (more is needed)";
        arrived = std::min(arrived + step, bytes.size());
    }
    return got + (used == bytes.size() ? "" : " (and bytes behind)");
}

} // namespace

TEST_CASE("a body of known length ends with its last byte", "[net]")
{
    const auto step = GENERATE(1UL, 2UL, 100UL);
    parsed_fields fields;
    http1_body body({http::framing_kind::length, 5});
    CHECK(read_all(body, "helloGET", step, fields).starts_with("hello"));
    CHECK(body.is_done());
}

TEST_CASE("a chunked body is the same however it arrives", "[net]")
{
    const auto step = GENERATE(1UL, 2UL, 3UL, 7UL, 100UL);
    parsed_fields fields;
    http1_body body(chunked);
    CHECK(read_all(body, "5\r\nhello\r\n7;a=\"b\"\r\n, world\r\n0\r\n\r\n", step, fields) == "hello, world");
    CHECK(body.is_done());
}

TEST_CASE("trailers are there when the body has ended", "[net]")
{
    const auto step = GENERATE(1UL, 100UL);
    parsed_fields fields;
    http1_body body(chunked);
    const std::string bytes = "1\r\na\r\n0\r\nChecksum: 1\r\nOther:  2 \r\n\r\n";
    CHECK(read_all(body, bytes, step, fields) == "a");
    REQUIRE(fields.trailers.size() == 2);
    CHECK(fields.trailers[0].name == "Checksum");
    CHECK(fields.trailers[1].value == "2");
}

TEST_CASE("no body is done at once, one until close when the peer has closed", "[net]")
{
    CHECK(http1_body().is_done());
    parsed_fields fields;
    http1_body body({http::framing_kind::until_close, 0});
    CHECK(read_all(body, "all of it", 4, fields) == "all of it (more is needed)");
    CHECK_FALSE(body.is_done());
    body.end();
    CHECK(body.is_done());
}

TEST_CASE("whether the next read gives something can be told in advance, without reading", "[net]")
{
    // Behind the first chunk of a body.
    const auto [arrived, gives] = GENERATE(table<std::string, bool>({
        {"", false},
        {"\r", false},
        {"\r\n", false}, // an event of a stream often ends here
        {"\r\n5", false},
        {"\r\n5\r\n", false},
        {"\r\n5\r\nh", true},
        {"\r\n0\r\n", false},
        {"\r\n0\r\n\r\n", true},
        {"\r\n0\r\nA: b\r\n", false},
        {"\r\n0\r\nA: b\r\n\r\n", true},
        {"\r\nxyz\r\n", true}, // an error is an answer too
    }));
    CAPTURE(arrived);
    parsed_fields fields;
    http1_body body(chunked);
    const std::string_view first = "3\r\nabc";
    REQUIRE(body.read({first.data(), first.size()}, fields, 10)->data.size() == 3);
    CHECK(body.has_next({arrived.data(), arrived.size()}) == gives);
    CHECK(body.has_next({arrived.data(), arrived.size()}) == gives);
}

TEST_CASE("the end of a head is found wherever its bytes are split", "[net]")
{
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t seen = 0; seen < head.size(); ++seen)
        CHECK(find_head_end(head + "body", seen) == head.size());
    CHECK(find_head_end(head.substr(0, head.size() - 1), 0) == std::string_view::npos);
}

} // namespace sekisho::net
