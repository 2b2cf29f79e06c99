// SPDX-License-Identifier: Apache-2.0
#include "http/forwarded.hpp"
#include "http/forwarded_element.hpp"
#include "support/catch.hpp"

#include <array>
#include <vector>

using namespace sekisho;
using http::field;
using http::forwarding_field;

namespace
{

using fields = std::vector<field>;

http::connection_facts from(std::string_view peer)
{
    return {.peer = *http::address::parse(peer), .transport = http::scheme::http, .host = "inner:8080"};
}

http::trusted_proxies
trusting(std::string_view list, http::forwarded_style style = http::forwarded_style::x_forwarded)
{
    auto proxies = http::trusted_proxies::parse(list);
    REQUIRE(proxies);
    proxies->style = style;
    return *proxies;
}

std::string summary(const http::client_facts& facts)
{
    return std::string(to_text(facts.client).view()) + " " + std::string(to_text(facts.transport)) + " " +
           std::string(facts.host);
}

std::string
written(const fields& request, const http::connection_facts& peer, const http::trusted_proxies& proxies)
{
    std::array<char, 512> memory{};
    http::flat_writer writer(memory);
    write_forwarding(writer, request, peer, resolve_client(request, peer, proxies));
    REQUIRE_FALSE(writer.overflowed());
    return std::string(writer.text());
}

const fields spoofed{
    {"X-Forwarded-For", "127.0.0.1"},
    {"X-Forwarded-Proto", "https"},
    {"X-Forwarded-Host", "evil.example"},
    {"Forwarded", "for=127.0.0.1;proto=https;host=evil.example"},
};

} // namespace

TEST_CASE("CVE-2026-76835: by default nobody is trusted and no forwarded field changes anything", "[http]")
{
    const auto facts = resolve_client(spoofed, from("203.0.113.9"), http::trusted_proxies{});
    CHECK(summary(facts) == "203.0.113.9 http inner:8080");
    CHECK_FALSE(facts.is_peer_trusted);
    CHECK(
        written(spoofed, from("203.0.113.9"), {}) ==
        "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: inner:8080\r\n"
    );
    CHECK_FALSE(http::trusted_proxies{}.trust_everybody());
    CHECK(trusting("0.0.0.0/0").trust_everybody());
    CHECK(trusting("10.0.0.0/8, ::/0").trust_everybody());
    CHECK_FALSE(trusting("10.0.0.0/8, ::1").trust_everybody());
}

TEST_CASE(
    "CVE-2026-40575: X-Forwarded-Uri and other claims of an unknown peer are recognised in every spelling",
    "[http]"
)
{
    const std::string name = GENERATE(
        "X-Forwarded-Uri",
        "x_forwarded_uri",
        "X-Forwarded-Prefix",
        "X_Forwarded-Port",
        "X-Forwarded-User",
        "X-Real-IP",
        "X_REAL_IP",
        "X-Original-URL",
        "X-Rewrite-URL",
        "True-Client-IP",
        "Proxy",
        "X.Forwarded.Email",
        "X-Forwarded-"
    );
    INFO(name);
    CHECK(http::classify_forwarding(name) == forwarding_field::claim);
}

TEST_CASE("CVE-2026-35051 and CVE-2026-54764: forwarding fields are told from the others", "[http]")
{
    CHECK(http::classify_forwarding("X-Forwarded-Prefix") == forwarding_field::claim);
    CHECK(http::classify_forwarding("X-Forwarded-Port") == forwarding_field::claim);
    const std::string ours = GENERATE(
        "X-Forwarded-For",
        "x-forwarded-for",
        "X_Forwarded_For",
        "X-Forwarded-Proto",
        "X-FORWARDED-HOST",
        "Forwarded",
        "forwarded"
    );
    CHECK(http::classify_forwarding(ours) == forwarding_field::rewritten);
    const std::string other = GENERATE("X-Forward", "Host", "X-Requested-With", "Accept", "X", "");
    CHECK(http::classify_forwarding(other) == forwarding_field::none);
}

TEST_CASE("CVE-2024-21494: X-Forwarded-Host of a trusted peer must be a host to be believed", "[http]")
{
    const std::string host =
        GENERATE("evil.example/", "a b", "a@b", "a,b c", "", "a\\b", "[::1", "x:99999", "x?y");
    const fields request{{"X-Forwarded-Host", host}};
    CHECK(resolve_client(request, from("10.0.0.1"), trusting("10.0.0.0/8")).host == "inner:8080");
}

TEST_CASE("the chain is walked from the right to the first address that is not trusted", "[http]")
{
    const auto [chain, expected] = GENERATE(table<std::string, std::string>({
        {"203.0.113.9", "203.0.113.9"},
        {"127.0.0.1, 203.0.113.9", "203.0.113.9"},
        {"127.0.0.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"},
        {"203.0.113.9:4711", "203.0.113.9"},
        {"[2001:db8::1]:443, 10.0.0.2", "2001:db8::1"},
        {"2001:db8::1", "2001:db8::1"},
        {"10.0.0.3, 10.0.0.2", "10.0.0.3"},
        {"203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"},
        {"garbage", "10.0.0.1"},
        {", ,", "10.0.0.1"},
        {"", "10.0.0.1"},
    }));
    INFO(chain);
    const fields request{{"X-Forwarded-For", chain}};
    CHECK(
        to_text(resolve_client(request, from("10.0.0.1"), trusting("10.0.0.0/8")).client).view() == expected
    );
}

TEST_CASE("a chain over several fields is one chain", "[http]")
{
    const fields request{{"X-Forwarded-For", "1.1.1.1"}, {"x-forwarded-for", "203.0.113.9, 10.0.0.2"}};
    const auto proxies = trusting("10.0.0.0/8");
    CHECK(summary(resolve_client(request, from("10.0.0.1"), proxies)) == "203.0.113.9 http inner:8080");
    CHECK(
        written(request, from("10.0.0.1"), proxies) ==
        "X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.0.0.2, 10.0.0.1\r\nX-Forwarded-Proto: http\r\n"
        "X-Forwarded-Host: inner:8080\r\n"
    );
}

TEST_CASE(
    "scheme and host of a trusted peer are the last ones, and only http and https are schemes", "[http]"
)
{
    const fields request{
        {"X-Forwarded-Proto", "ftp, HTTPS"}, {"X-Forwarded-Host", "evil.example, app.example"}
    };
    CHECK(
        summary(resolve_client(request, from("10.0.0.1"), trusting("10.0.0.1"))) ==
        "10.0.0.1 https app.example"
    );
    const fields wrong{{"X-Forwarded-Proto", "javascript"}};
    CHECK(
        summary(resolve_client(wrong, from("10.0.0.1"), trusting("10.0.0.1"))) == "10.0.0.1 http inner:8080"
    );
}

TEST_CASE("only the style that is configured is believed", "[http]")
{
    const fields request{
        {"X-Forwarded-For", "198.51.100.7"}, {"Forwarded", "for=203.0.113.9;proto=https;host=app.example"}
    };
    CHECK(
        summary(resolve_client(request, from("10.0.0.1"), trusting("10.0.0.1"))) ==
        "198.51.100.7 http inner:8080"
    );
    const auto rfc = trusting("10.0.0.1", http::forwarded_style::rfc7239);
    CHECK(summary(resolve_client(request, from("10.0.0.1"), rfc)) == "203.0.113.9 https app.example");
}

TEST_CASE("Forwarded is read as RFC 7239 has it", "[http]")
{
    const auto [value, expected, section] = GENERATE(table<std::string, std::string, std::string>({
        {"for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60 http inner:8080", "4"},
        {"For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17 http inner:8080", "4"},
        {"for=192.0.2.43, for=198.51.100.17", "198.51.100.17 http inner:8080", "5.2"},
        {"for=192.0.2.43;host=a.example, for=10.0.0.2;host=b.example", "192.0.2.43 http a.example", "7.1"},
        {"for=192.0.2.43;proto=https, for=10.0.0.2", "192.0.2.43 https inner:8080", "7.1"},
        {"for=1.1.1.1;host=evil.example, for=192.0.2.43;host=a.example", "192.0.2.43 http a.example", "8.1"},
        {"for=unknown;proto=https", "10.0.0.1 https inner:8080", "6.2"},
        {"for=_hidden", "10.0.0.1 http inner:8080", "6.3"},
        {"for=\"a,b\", for=192.0.2.43", "192.0.2.43 http inner:8080", "4: quoted comma"},
        {"for=192.0.2.43;for=1.1.1.1", "10.0.0.1 http inner:8080", "4: once per element"},
        {"for=192.0.2.43;proto", "10.0.0.1 http inner:8080", "4: not well-formed"},
        {"for=\"192.0.2.43", "10.0.0.1 http inner:8080", "4: not well-formed"},
        {"for=\"192.0.2.43\"x", "10.0.0.1 http inner:8080", "4: not well-formed"},
        {"for = 192.0.2.43", "10.0.0.1 http inner:8080", "4: not well-formed"},
        {"", "10.0.0.1 http inner:8080", "4"},
    }));
    INFO(value << " by RFC 7239, " << section);
    const fields request{{"Forwarded", value}};
    const auto proxies = trusting("10.0.0.0/8", http::forwarded_style::rfc7239);
    CHECK(summary(resolve_client(request, from("10.0.0.1"), proxies)) == expected);
}

TEST_CASE("a chain of any length is walked at its end", "[http]")
{
    std::string value = "for=1.1.1.1;proto=https";
    for (int hop = 0; hop < 1000; ++hop)
        value.append(", for=10.0.0.2");
    value.append(", for=203.0.113.9, for=10.0.0.3");
    const fields request{{"Forwarded", value}};
    const auto proxies = trusting("10.0.0.0/8", http::forwarded_style::rfc7239);
    CHECK(summary(resolve_client(request, from("10.0.0.1"), proxies)) == "203.0.113.9 http inner:8080");
}

TEST_CASE(
    "a trusted peer that speaks Forwarded is told on in X-Forwarded fields, without the client's own",
    "[http]"
)
{
    const fields request{
        {"X-Forwarded-For", "6.6.6.6"}, {"Forwarded", "for=\"[2001:db8::1]\";proto=https;host=app.example"}
    };
    CHECK(
        written(request, from("10.0.0.1"), trusting("10.0.0.1", http::forwarded_style::rfc7239)) ==
        "X-Forwarded-For: 2001:db8::1, 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: "
        "app.example\r\n"
    );
}

TEST_CASE("a list of proxies that is not well-formed is refused with the entry", "[http]")
{
    const auto proxies = http::trusted_proxies::parse("10.0.0.0/8, loadbalancer");
    REQUIRE_FALSE(proxies);
    CHECK(proxies.error().detail.find("loadbalancer") != std::string::npos);
    CHECK(http::trusted_proxies::parse("")->networks.empty());
}
