// SPDX-License-Identifier: Apache-2.0
#include "http/outbound_proxy.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::http;

namespace
{

std::string chosen(const outbound_proxies& all, const std::string& target)
{
    const auto* const proxy = proxy_for(all, url::parse(target).value());
    return proxy == nullptr ? "direct" : proxy->address.authority();
}

} // namespace

TEST_CASE("a proxy's address is read as people write it", "[http]")
{
    const auto [text, authority, port, authorization] =
        GENERATE(table<std::string, std::string, std::uint16_t, std::string>({
            {"http://proxy.example:3128", "proxy.example:3128", 3128, ""},
            {" HTTP://Proxy.Example:3128/ ", "proxy.example:3128", 3128, ""},
            {"proxy.example:3128", "proxy.example:3128", 3128, ""},
            {"proxy.example", "proxy.example", 80, ""},
            {"http://[::1]:3128", "[::1]:3128", 3128, ""},
            // RFC 7617: "Basic" and base64 of user:password
            {"http://me:s3cret@proxy.example:3128", "proxy.example:3128", 3128, "Basic bWU6czNjcmV0"},
            {"me:s3cret@proxy.example:3128", "proxy.example:3128", 3128, "Basic bWU6czNjcmV0"},
            {"http://me@proxy.example:3128", "proxy.example:3128", 3128, "Basic bWU6"},
            {"http://me:p%40ss@proxy.example:3128", "proxy.example:3128", 3128, "Basic bWU6cEBzcw=="},
            {"http://me:p@ss@proxy.example:3128", "proxy.example:3128", 3128, "Basic bWU6cEBzcw=="},
        }));
    CAPTURE(text);
    const auto made = parse_outbound_proxy(text);
    REQUIRE(made);
    CHECK(made->address.authority() == authority);
    CHECK(made->address.port() == port);
    CHECK(made->authorization.reveal() == authorization);
}

TEST_CASE("what is no proxy's address is refused without repeating a password", "[http]")
{
    const auto [text, hint] = GENERATE(table<std::string, std::string>({
        {"", "host is missing"},
        {"https://me:s3cret@proxy.example:3128", "plain http"},
        {"socks5://proxy.example:1080", "plain http"},
        {"http://me:s3cret@proxy.example:x", "port"},
        {"http://proxy.example:3128/path", "no path"},
        {"http://me:s3cret%zz@proxy.example", "percent-encoding"},
        {"http://m%3Ae:s3cret@proxy.example", "colon"},
        {"http://me:s3cret/@proxy.example", "port"}, // read as host me and port s3cret/
    }));
    CAPTURE(text);
    const auto made = parse_outbound_proxy(text);
    REQUIRE_FALSE(made);
    CAPTURE(made.error().detail);
    CHECK(made.error().code == errc::value_malformed);
    CHECK(made.error().detail.find(hint) != std::string::npos);
    CHECK(made.error().detail.find("s3cret") == std::string::npos);
    CHECK(made.error().detail.find("http://proxy.example.com:3128") != std::string::npos);
}

TEST_CASE("each scheme has its own variable", "[http]")
{
    const auto [https, http, target, expected] =
        GENERATE(table<std::string, std::string, std::string, std::string>({
            {"secure.example:1", "plain.example:2", "https://op.example", "secure.example:1"},
            {"secure.example:1", "plain.example:2", "http://op.example", "plain.example:2"},
            {"", "plain.example:2", "https://op.example", "direct"},
            {"secure.example:1", " ", "http://op.example", "direct"},
            {"", "", "https://op.example", "direct"},
        }));
    CAPTURE(https, http, target);
    const auto all = outbound_proxies_of(https, http, "");
    REQUIRE(all);
    CHECK(chosen(*all, target) == expected);
}

TEST_CASE("an unusable variable is named", "[http]")
{
    const auto [https, http, name] = GENERATE(table<std::string, std::string, std::string>({
        {"socks5://x", "", "HTTPS_PROXY"},
        {"", "socks5://x", "HTTP_PROXY"},
    }));
    const auto all = outbound_proxies_of(https, http, "");
    REQUIRE_FALSE(all);
    CHECK(all.error().where == name);
}

TEST_CASE("the setting holds for every target but this machine, or says that there is none", "[http]")
{
    const auto [setting, target, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"proxy.example:3128", "https://op.example", "proxy.example:3128"},
        {"proxy.example:3128", "http://op.example", "proxy.example:3128"},
        {"proxy.example:3128", "http://localhost:8080", "direct"},
        {"proxy.example:3128", "https://127.0.0.1", "direct"},
        {"proxy.example:3128", "http://127.5.5.5:80", "direct"},
        {"proxy.example:3128", "https://[::1]:8443", "direct"},
        {"off", "https://op.example", "direct"},
        {" OFF ", "http://op.example", "direct"},
    }));
    CAPTURE(setting, target);
    const auto all = outbound_proxies_of(setting);
    REQUIRE(all);
    CHECK(chosen(*all, target) == expected);
}

TEST_CASE("NO_PROXY has names, what is below them, addresses, networks and ports", "[http]")
{
    const auto [list, target, expected] = GENERATE(table<std::string, std::string, bool>({
        {"", "https://op.example", false},
        {"*", "https://op.example", true},
        {"a.example, *", "https://op.example", true},
        // a name is itself and all below it
        {"op.example", "https://op.example", true},
        {"OP.Example", "https://op.example", true},
        {"op.example.", "https://op.example", true},
        {"op.example", "https://op.example.", true},
        {"example", "https://op.example", true},
        {"op.example", "https://sso.op.example", true},
        {"op.example", "https://shop.example", false},
        {"p.example", "https://op.example", false},
        {"sso.op.example", "https://op.example", false},
        {"op.example", "https://op.example.evil.test", false},
        // with a dot or "*." only what is below
        {".op.example", "https://sso.op.example", true},
        {".op.example", "https://op.example", false},
        {"*.op.example", "https://sso.op.example", true},
        {"*.op.example", "https://op.example", false},
        {".", "https://op.example", false},
        // separators
        {"a.example,op.example", "https://op.example", true},
        {"a.example op.example", "https://op.example", true},
        {" ,, op.example ,", "https://op.example", true},
        // ports
        {"op.example:443", "https://op.example", true},
        {"op.example:443", "https://op.example:8443", false},
        {"op.example:8443", "https://sso.op.example:8443", true},
        {"*:8443", "https://op.example:8443", true},
        {"*:8443", "https://op.example", false},
        {"op.example:", "https://op.example", false},
        {"op.example:0", "https://op.example", false},
        {"op.example:99999", "https://op.example", false},
        // addresses and networks
        {"10.1.2.3", "https://10.1.2.3", true},
        {"10.1.2.3", "https://10.1.2.4", false},
        {"10.1.2.3:8443", "https://10.1.2.3:8443", true},
        {"10.1.2.3:8443", "https://10.1.2.3", false},
        {"10.0.0.0/8", "https://10.1.2.3", true},
        {"10.0.0.0/8", "https://11.1.2.3", false},
        {"2001:db8::/32", "https://[2001:db8::7]", true},
        {"2001:db8::7", "https://[2001:db8::7]", true},
        {"[2001:db8::7]", "https://[2001:db8::7]", true},
        {"[2001:db8::7]:8443", "https://[2001:db8::7]:8443", true},
        {"[2001:db8::7]:8443", "https://[2001:db8::7]", false},
        {"[2001:db8::7", "https://[2001:db8::7]", false},
        {"10.0.0.0/8", "https://ten.example", false}, // no name is resolved for it
        {"3", "https://10.1.2.3", false},             // an address is no name below "3"
        {"10.0.0.0/99", "https://10.1.2.3", false},
    }));
    CAPTURE(list, target);
    CHECK(is_direct(list, url::parse(target).value()) == expected);
    const auto all = outbound_proxies_of("proxy.example:3128", "proxy.example:3128", list);
    REQUIRE(all);
    CHECK(chosen(*all, target) == (expected ? "direct" : "proxy.example:3128"));
}
