// SPDX-License-Identifier: Apache-2.0
#include "gateway/websocket_origin.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace sekisho::gateway
{

TEST_CASE("a WebSocket is for pages of the host it was sent to, and for programs", "[gateway]")
{
    using texts = std::vector<std::string>;
    const auto [origins, host, is_secure, allowed] = GENERATE(table<texts, std::string, bool, bool>({
        {{}, "app.example", true, true}, // RFC 6455, 10.2: no browser
        {{"https://app.example"}, "app.example", true, true},
        {{"https://app.example"}, "app.example:443", true, true},
        {{"https://app.example:443"}, "APP.example", true, true},
        {{"http://app.example:8080"}, "app.example:8080", false, true},
        {{"http://[::1]:8080"}, "[::1]:8080", false, true},
        {{"http://app.example"}, "app.example", true, false},
        {{"https://app.example"}, "app.example", false, false},
        {{"https://app.example:444"}, "app.example", true, false},
        {{"https://sub.app.example"}, "app.example", true, false},
        {{"https://app.example.evil.example"}, "app.example", true, false},
        {{"https://app.example@evil.example"}, "app.example", true, false},
        {{"null"}, "app.example", true, false},
        {{""}, "app.example", true, false},
        {{"app.example"}, "app.example", true, false},
        {{"file://"}, "app.example", true, false},
        {{"https://app.example", "https://app.example"}, "app.example", true, false},
        {{"https://app.example https://evil.example"}, "app.example", true, false},
        {{"https://app.example"}, "", true, false},
    }));
    CAPTURE(origins, host);
    std::vector<http::field> fields;
    for (const auto& each : origins)
        fields.push_back({"Origin", each});
    context about;
    about.host = host;
    about.is_secure = is_secure;
    const auto checked = check_websocket_origin(fields, about);
    CHECK(checked.has_value() == allowed);
    if (!checked)
        CHECK(checked.error().code == errc::websocket_origin_refused);
}

} // namespace sekisho::gateway
