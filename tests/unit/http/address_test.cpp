// SPDX-License-Identifier: Apache-2.0
#include "http/address.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using http::address;
using http::cidr;

TEST_CASE("addresses have one spelling", "[http]")
{
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"192.0.2.1", "192.0.2.1"},
        {"::ffff:192.0.2.1", "192.0.2.1"},
        {"2001:DB8:0:0::1", "2001:db8::1"},
        {"::", "::"},
        {"::1", "::1"},
    }));
    const auto read = address::parse(text);
    REQUIRE(read);
    CHECK(to_text(*read).view() == expected);
}

TEST_CASE("what is no address is refused", "[http]")
{
    using namespace std::string_literals;
    const std::string text = GENERATE(
        ""s,
        "1"s,
        "1.2.3"s,
        "1.2.3.4.5"s,
        "01.2.3.4"s,
        "256.1.1.1"s,
        "1.2.3.4 "s,
        " ::1"s,
        "[::1]"s,
        "fe80::1%eth0"s,
        "1.2.3.4\0"s,
        "0x7f.0.0.1"s,
        "2130706433"s,
        "localhost"s,
        std::string(100, '1')
    );
    CHECK_FALSE(address::parse(text));
}

TEST_CASE("a network holds its addresses and no others", "[http]")
{
    const auto [network, candidate, expected] = GENERATE(table<std::string, std::string, bool>({
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"10.0.0.0/8", "::ffff:10.1.2.3", true},
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1/32", "192.0.2.2", false},
        {"2001:db8::/32", "2001:db8:1::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"::1", "::1", true},
        {"::1", "127.0.0.1", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "2001:db8::1", true},
        {"::/0", "203.0.113.9", false},
        {"::ffff:10.0.0.0/104", "10.9.9.9", true},
    }));
    INFO(network << " and " << candidate);
    CHECK(cidr::parse(network)->contains(*address::parse(candidate)) == expected);
}

TEST_CASE("a network that is not well-formed is refused", "[http]")
{
    const std::string text = GENERATE(
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8x",
        "10.0.0.1/8",
        "10.0.0.0/08888",
        "::/129",
        "example.com/8"
    );
    const auto network = cidr::parse(text);
    REQUIRE_FALSE(network);
    CHECK(network.error().code == errc::value_malformed);
}
