// SPDX-License-Identifier: Apache-2.0
#include "oidc/address.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("addresses of a provider are https, or on this very machine, or allowed to be plain", "[oidc]")
{
    const auto [text, rule, accepted] = GENERATE(table<std::string, transport, bool>({
        {"https://idp.example/token", transport::https_or_loopback, true},
        {"http://localhost:9000/token", transport::https_or_loopback, true},
        {"http://[::1]:9000/token", transport::https_or_loopback, true},
        {"http://idp.example/token", transport::https_or_loopback, false},
        {"http://127.0.0.1.evil.example/", transport::https_or_loopback, false},
        {"http://idp.example/token", transport::plain_http_allowed, true},
        {"file:///etc/passwd", transport::plain_http_allowed, false},
        {"//idp.example/token", transport::plain_http_allowed, false},
        {"", transport::plain_http_allowed, false},
    }));
    CAPTURE(text);
    CHECK(parse_address(text, rule, "here").has_value() == accepted);
}

TEST_CASE("a refused address is repeated without its control characters", "[oidc]")
{
    const auto refused = parse_address("https://a\nb", transport::https_or_loopback, "here");
    CHECK(test::outcome(refused) == "value_malformed at here");
    CHECK(test::has(test::detail(refused), "https://a?b"));
}
