// SPDX-License-Identifier: Apache-2.0
#include "gateway/websocket_origin.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;

TEST_CASE(
    "a page of server.public_url opens a WebSocket behind a proxy that ends TLS and is not trusted",
    "[gateway]"
)
{
    const auto [origin, host, allowed] = GENERATE(table<std::string, std::string, bool>({
        {"https://app.example", "app.example", true},
        {"https://APP.example:443", "10.0.0.7:8080", true}, // the proxy names us by address
        {"http://10.0.0.7:8080", "10.0.0.7:8080", true},    // reached without the proxy
        {"http://app.example", "10.0.0.7:8080", false},
        {"https://app.example.evil.example", "app.example", false},
        {"https://evil.example", "app.example", false},
        {"null", "app.example", false},
    }));
    CAPTURE(origin, host);
    const std::vector<http::field> fields{{"Origin", origin}};
    gateway::context about;
    about.host = host;
    const auto public_url = url::parse("https://app.example").value();
    const auto checked = gateway::check_websocket_origin(fields, about, public_url);
    CHECK(checked.has_value() == allowed);
    if (!checked)
        CHECK(checked.error().detail.find("https://app.example") != std::string::npos);
}

TEST_CASE("a WebSocket with several origins is refused whatever they are", "[gateway]")
{
    const std::vector<http::field> fields{
        {"Origin", "https://app.example"}, {"Origin", "https://app.example"}
    };
    const auto public_url = url::parse("https://app.example").value();
    CHECK_FALSE(gateway::check_websocket_origin(fields, {}, public_url));
}
