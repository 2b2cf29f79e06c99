// SPDX-License-Identifier: Apache-2.0
#include "http/hop_by_hop.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace sekisho;
using http::connection_options;
using http::field;
using http::passage;
using fields = std::vector<field>;

TEST_CASE("fields of the connection are dropped in every spelling", "[http]")
{
    const auto [name, section] = GENERATE(table<std::string, std::string>({
        {"Connection", "RFC 9110, 7.6.1"},
        {"keep-alive", "RFC 9110, 7.6.1"},
        {"Proxy-Connection", "RFC 9110, 7.6.1"},
        {"TE", "RFC 9110, 10.1.4"},
        {"Trailer", "RFC 9110, 6.6.2"},
        {"Transfer-Encoding", "RFC 9112, 6.1"},
        {"Transfer_Encoding", "smuggling"},
        {"TRANSFER-ENCODING", "RFC 9112, 6.1"},
        {"Upgrade", "RFC 9110, 7.8"},
        {"Proxy-Authorization", "RFC 9110, 11.7.2"},
        {"Proxy-Authenticate", "RFC 9110, 11.7.1"},
        {"Proxy-Authentication-Info", "RFC 9110, 11.7.3"},
        {"HTTP2-Settings", "RFC 7540, 3.2.1"},
    }));
    INFO(name << " by " << section);
    const fields none;
    CHECK(http::classify(name, connection_options(none)) == passage::drop);
}

TEST_CASE("all other fields are forwarded", "[http]")
{
    const std::string name =
        GENERATE("Host", "Cookie", "Accept", "Te-x", "Trailers", "Content-Length", "Sec-WebSocket-Key", "");
    const fields none;
    CHECK(http::classify(name, connection_options(none)) == passage::forward);
}

TEST_CASE("a field that Connection names is dropped (RFC 9110, 7.6.1)", "[http]")
{
    const fields request{{"Connection", "close, X-Hop"}, {"connection", "foo"}};
    const connection_options options(request);
    CHECK(options.has_close());
    CHECK(http::classify("x-hop", options) == passage::drop);
    CHECK(http::classify("Foo", options) == passage::drop);
    CHECK(http::classify("X-Other", options) == passage::forward);
}

TEST_CASE("Connection cannot take away who the request is from, where it goes or what protects it", "[http]")
{
    const std::string name = GENERATE(
        "Host",
        "Cookie",
        "Authorization",
        "Set-Cookie",
        "Content-Length",
        "Content-Type",
        "X-Forwarded-User",
        "X-Forwarded-For",
        "X_Forwarded_Email",
        "Origin",
        "Sec-Fetch-Site",
        "Cache-Control",
        "If-Match",
        "X-Real-IP",
        "Strict-Transport-Security"
    );
    INFO(name);
    const fields request{{"Connection", name}};
    const connection_options options(request);
    CHECK_FALSE(options.names(name));
    CHECK(http::classify(name, options) == passage::forward);
}

TEST_CASE("persistence follows version and Connection (RFC 9112, 9.3)", "[http]")
{
    const auto [value, version, expected] = GENERATE(table<std::string, int, bool>({
        {"", 11, true},
        {"close", 11, false},
        {"keep-alive", 11, true},
        {"Keep-Alive, Close", 11, false},
        {"", 10, false},
        {"keep-alive", 10, true},
        {"keep-alive, close", 10, false},
    }));
    const fields request{{"Connection", value}};
    CHECK(http::is_persistent(connection_options(request), version) == expected);
}

TEST_CASE("an upgrade needs both fields, each read as a list (RFC 9110, 7.8)", "[http]")
{
    CHECK(http::asks_for_upgrade(
        fields{{"Connection", "keep-alive, Upgrade"}, {"Upgrade", "h2c, WebSocket"}}, "websocket"
    ));
    CHECK_FALSE(http::asks_for_upgrade(fields{{"Upgrade", "websocket"}}, "websocket"));
    CHECK_FALSE(http::asks_for_upgrade(fields{{"Connection", "upgrade"}}, "websocket"));
    CHECK_FALSE(http::asks_for_upgrade(fields{{"Connection", "upgrade"}, {"Upgrade", "h2c"}}, "websocket"));
    const fields upgrade{{"Connection", "Upgrade"}};
    CHECK(connection_options(upgrade).has_upgrade());
}

TEST_CASE("only the token trailers counts in TE", "[http]")
{
    CHECK(http::accepts_trailers(fields{{"TE", "gzip, trailers"}}));
    CHECK_FALSE(http::accepts_trailers(fields{{"TE", "gzip"}}));
}

TEST_CASE("trailers cannot bring identity, routing or framing (RFC 9110, 6.5.1)", "[http]")
{
    const std::string name = GENERATE(
        "Host",
        "Cookie",
        "Set-Cookie",
        "Authorization",
        "Content-Length",
        "content_length",
        "Transfer-Encoding",
        "X-Forwarded-User",
        "x_forwarded_user",
        "X-Anything",
        "Remote-User",
        "REMOTE_GROUPS",
        "Client-IP",
        "True_Client_IP",
        "Connection",
        "TE",
        "Trailer",
        "Cache-Control",
        "If-Match",
        "Sec-Fetch-Site",
        "Proxy"
    );
    INFO(name);
    CHECK_FALSE(http::is_allowed_trailer(name));
    CHECK(http::is_allowed_trailer("Grpc-Status"));
    CHECK(http::is_allowed_trailer("Server-Timing"));
    CHECK(http::is_allowed_trailer("Digest"));
}
