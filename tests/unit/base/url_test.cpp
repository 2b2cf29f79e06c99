// SPDX-License-Identifier: Apache-2.0
#include "base/url.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("a URL comes apart into what its users need", "[base]")
{
    const auto parsed = url::parse("HTTPS://Login.Example.COM:8443/realms/a%2Fb?x=1&y=%20").value();
    CHECK(parsed.text() == "HTTPS://Login.Example.COM:8443/realms/a%2Fb?x=1&y=%20");
    CHECK(parsed.is_https());
    CHECK(parsed.host() == "login.example.com");
    CHECK(parsed.port() == 8443);
    CHECK(parsed.path() == "/realms/a%2Fb");
    CHECK(parsed.query() == "x=1&y=%20");
    CHECK(parsed.origin() == "https://login.example.com:8443");
    CHECK(parsed.authority() == "login.example.com:8443");
    CHECK(parsed.target() == "/realms/a%2Fb?x=1&y=%20");
}

TEST_CASE("defaults are filled in when parsing and left out of the origin", "[base]")
{
    auto [text, origin, port, target] = GENERATE(table<std::string, std::string, int, std::string>({
        {"https://a.example", "https://a.example", 443, "/"},
        {"https://a.example:443/", "https://a.example", 443, "/"},
        {"http://a.example:80/x", "http://a.example", 80, "/x"},
        {"http://a.example:443", "http://a.example:443", 443, "/"},
        {"http://a.example?q", "http://a.example", 80, "/?q"},
        {"https://a.example/?", "https://a.example", 443, "/"},
        {"https://[2001:DB8:0:0::1]:8443/x", "https://[2001:db8::1]:8443", 8443, "/x"},
        {"http://192.0.2.1:8080", "http://192.0.2.1:8080", 8080, "/"},
        {"http://under_score-1.example.", "http://under_score-1.example.", 80, "/"},
        {"https://a.example:65535/", "https://a.example:65535", 65535, "/"},
        {"https://10.0.0.1.nip.example/x", "https://10.0.0.1.nip.example", 443, "/x"},
        {"https://a.example//x//?//", "https://a.example", 443, "//x//?//"},
    }));
    const auto parsed = url::parse(text);
    REQUIRE(parsed);
    CHECK(parsed->origin() == origin);
    CHECK(parsed->port() == port);
    CHECK(parsed->target() == target);
}

TEST_CASE("what is no absolute http or https URL is refused with the reason", "[base]")
{
    auto [text, why] = GENERATE(table<std::string, std::string>({
        {"", "absolute"},
        {"/path", "absolute"},
        {"//a.example/", "absolute"},
        {"a.example", "absolute"},
        {"ftp://a.example/", "scheme"},
        {"javascript:alert(1)", "absolute"},
        {"data://a.example/", "scheme"},
        {"https:a.example", "absolute"},
        {"https:/a.example", "absolute"},
        {"https://", "host"},
        {"https:///path", "host"},
        {"https://:443/", "host"},
        {"https://user@a.example/", "user name"},
        {"https://user:pw@a.example/", "user name"},
        {"https://@a.example/", "user name"},
        {"https://a.example/#", "fragment"},
        {"https://a.example/#top", "fragment"},
        {"https://a.example:0/", "port"},
        {"https://a.example:65536/", "port"},
        {"https://a.example:99999999999999999999/", "port"},
        {"https://a.example:/", "port"},
        {"https://a.example:080/", "port"},
        {"https://a.example:-1/", "port"},
        {"https://a.example:8x/", "port"},
        {"https://a.example:80.evil.example/", "port"},
        {"https://[::1]x/", "IPv6"},
        {"https://[::1]:8x/", "port"},
        {"https://[::1%25eth0]/", "IPv6"},
        {"https://[]/", "IPv6"},
        {"https://[/", "IPv6"},
        {"https://a.example/a b", "RFC 3986"},
        {" https://a.example/", "scheme"},
        {"https://a.example/ ", "RFC 3986"},
        {"https://a.example\\@evil.example/", "user name"},
        {"https://evil.example\\.a.example/", "DNS name"},
        {"https://a.example/\\evil.example", "RFC 3986"},
        {"https:\\\\a.example/", "absolute"},
        {"https://a.example/\r\nHost: evil", "RFC 3986"},
        {"https://a.example/\t", "RFC 3986"},
        {std::string("https://a.example/\0", 19), "RFC 3986"},
        {std::string("https://a.example\0.evil.example/", 32), "DNS name"},
        {"https://a.example/\x7f", "RFC 3986"},
        {"https://a.example/\xc3\xa9", "RFC 3986"},
        {"https://b\xc3\xbc"
         "cher.example/",
         "DNS name"},
        {"https://a.example/%", "RFC 3986"},
        {"https://a.example/%zz", "RFC 3986"},
        {"https://%61.example/", "DNS name"},
        {"https://a%00.example/", "DNS name"},
        {"https://a..example/", "DNS name"},
        {"https://.example/", "DNS name"},
        {"https://a,b.example/", "DNS name"},
        {"https://127.1/", "DNS name"},
        {"https://2130706433/", "DNS name"},
        {"https://0x7f.1/", "DNS name"},
        {"https://0x7f000001/", "DNS name"},
        {"https://127.0.0.1./", "DNS name"},
        {"https://256.0.0.1/", "DNS name"},
        {"https://[::1/", "IPv6"},
        {"https://::1/", "host is missing"},
        {"https://[v1.a]/", "IPv6"},
        {"https://" + std::string(254, 'a') + "/", "DNS name"},
    }));
    CAPTURE(text);
    const auto parsed = url::parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == errc::value_malformed);
    CHECK(parsed.error().detail.find(why) != std::string::npos);
}

TEST_CASE("a refused URL's password is not repeated in the error", "[base]")
{
    CHECK(url::parse("https://me:hunter2@a.example/").error().detail.find("hunter2") == std::string::npos);
    CHECK(url::parse("https://me:hunter2@a.example/ ").error().detail.find("hunter2") == std::string::npos);
}

TEST_CASE("RFC 8252, 8.3: loopback is localhost, 127.0.0.0/8 and ::1", "[base]")
{
    auto [text, expected] = GENERATE(table<std::string, bool>({
        {"http://localhost:8080/", true},
        {"http://LOCALHOST/", true},
        {"http://127.0.0.1/", true},
        {"http://127.255.255.254/", true},
        {"http://[::1]/", true},
        {"http://[0:0:0:0:0:0:0:1]/", true},
        {"http://localhost.evil.example/", false},
        {"http://127.0.0.1.evil.example/", false},
        {"http://127.evil.example/", false},
        {"http://128.0.0.1/", false},
        {"http://[::2]/", false},
        {"http://[::]/", false},
    }));
    CHECK(url::parse(text).value().is_loopback() == expected);
}

TEST_CASE("an origin is scheme, host and port and nothing else", "[base]")
{
    const auto base = url::parse("https://a.example/x").value();
    auto [text, expected] = GENERATE(table<std::string, bool>({
        {"https://A.example:443/other?q", true},
        {"http://a.example/x", false},
        {"http://a.example:443/x", false},
        {"https://a.example:8443/x", false},
        {"https://b.a.example/x", false},
        {"https://a.example.evil/x", false},
    }));
    CHECK(same_origin(base, url::parse(text).value()) == expected);
}

TEST_CASE("a query parameter is appended where the query ends", "[base]")
{
    auto [base, expected] = GENERATE(table<std::string, std::string>({
        {"https://a.example/x", "https://a.example/x?n%26=a+b%3D"},
        {"https://a.example/x?", "https://a.example/x?n%26=a+b%3D"},
        {"https://a.example/x?y=1", "https://a.example/x?y=1&n%26=a+b%3D"},
        {"https://a.example/x?y=1&", "https://a.example/x?y=1&n%26=a+b%3D"},
        {"https://a.example/x?y=1#top?", "https://a.example/x?y=1&n%26=a+b%3D#top?"},
        {"/relative", "/relative?n%26=a+b%3D"},
    }));
    CHECK(with_query_parameter(base, "n&", "a b=") == expected);
}
