// SPDX-License-Identifier: Apache-2.0
#include "gateway/forward.hpp"
#include "support/catch.hpp"

#include <array>
#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::gateway;

TEST_CASE(
    "only a GET of HTTP/1.1 without a body asks the application for a WebSocket (RFC 6455, 4.1)", "[gateway]"
)
{
    using fields = std::vector<http::field>;
    const auto [method, version, more, asks] = GENERATE(table<std::string, int, fields, bool>({
        {"GET", 11, {}, true},
        {"GET", 11, {{"Content-Length", "0"}}, true},
        {"GET", 10, {}, false},
        {"POST", 11, {}, false},
        {"get", 11, {}, false},
        {"GET", 11, {{"Content-Length", "100"}}, false},
        {"GET", 11, {{"Transfer-Encoding", "chunked"}}, false},
    }));
    CAPTURE(method, version, more.size());
    fields all{{"Host", "app.example"}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"}};
    all.insert(all.end(), more.begin(), more.end());
    visit about;
    about.about.target = "/socket";
    std::array<char, 4096> memory{};
    http::flat_writer to(memory);
    const session::jar cookies{session::cookie_config{}};
    write_upstream_head(to, {method, "/socket", version, all}, about, {}, cookies, "inner:8080");
    const std::string head(to.text());
    CHECK((head.find("Upgrade") != std::string::npos) == asks);
}
