// SPDX-License-Identifier: Apache-2.0
#include "http/head_writer.hpp"
#include "support/catch.hpp"

#include <array>
#include <string>

using namespace sekisho;

TEST_CASE("a head is written in one piece", "[http]")
{
    std::array<char, 256> memory{};
    http::flat_writer writer(memory);
    writer.request_line("GET", "/a?b");
    writer.field("Host", "app.example");
    writer.field("Empty", "");
    writer.field("Content-Length", std::uint64_t{18446744073709551615U});
    writer.begin_field("X");
    writer.put("a");
    writer.put(std::string_view());
    writer.put('b');
    writer.end_field();
    writer.end_head();
    CHECK_FALSE(writer.overflowed());
    CHECK(
        writer.text() == "GET /a?b HTTP/1.1\r\nHost: app.example\r\nEmpty: \r\nContent-Length: "
                         "18446744073709551615\r\nX: ab\r\n\r\n"
    );
    CHECK(writer.text().data() == memory.data());
}

TEST_CASE("a status line has its reason", "[http]")
{
    std::array<char, 64> memory{};
    http::flat_writer writer(memory);
    writer.status_line(204, "No Content");
    CHECK(writer.text() == "HTTP/1.1 204 No Content\r\n");
}

TEST_CASE("what does not fit is left out whole, and so is everything after it", "[http]")
{
    for (std::size_t size = 0; size < 12; ++size)
    {
        std::string memory(size + 1, '#');
        http::flat_writer writer(std::span(memory).first(size));
        writer.field("Abc", "defgh"); // 12 bytes
        CHECK(writer.overflowed());
        CHECK(writer.size() == 0);
        writer.put('x');
        CHECK(writer.text().empty());
        CHECK(memory == std::string(size + 1, '#'));
    }
    std::array<char, 12> exact{};
    http::flat_writer writer(exact);
    writer.field("Abc", "defgh");
    CHECK_FALSE(writer.overflowed());
    writer.put('x');
    CHECK(writer.overflowed());
    CHECK(writer.text() == "Abc: defgh\r\n");
}

TEST_CASE("a field can be taken back", "[http]")
{
    std::array<char, 32> memory{};
    http::flat_writer writer(memory);
    writer.put("a");
    const auto place = writer.here();
    writer.begin_field("Cookie");
    writer.go_back(place);
    writer.put("b");
    CHECK(writer.text() == "ab");
}
