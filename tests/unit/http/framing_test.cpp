// SPDX-License-Identifier: Apache-2.0
#include "http/framing.hpp"
#include "support/catch.hpp"

#include <vector>

using namespace sekisho;
using http::field;
using http::framing;
using http::framing_kind;
using fields = std::vector<field>;

namespace
{

std::string text(const result<framing>& read)
{
    if (!read)
        return std::string(describe(read.error().code).name);
    switch (read->kind)
    {
    case framing_kind::none:
        return "none";
    case framing_kind::length:
        return std::to_string(read->length);
    case framing_kind::chunked:
        return "chunked";
    case framing_kind::until_close:
        return "until close";
    }
    return "";
}

} // namespace

TEST_CASE("CVE-2026-48743: a request's body has one length or the request is refused", "[http]")
{
    const auto [request, version, expected, section] = GENERATE(table<fields, int, std::string, std::string>({
        {{}, 11, "none", "6.3, rule 7"},
        {{{"Content-Length", "0"}}, 11, "0", "6.3, rule 6"},
        {{{"content-length", "42"}}, 10, "42", "6.3, rule 6"},
        {{{"Content-Length", "9223372036854775807"}}, 11, "9223372036854775807", "6.3, rule 6"},
        {{{"Transfer-Encoding", "chunked"}}, 11, "chunked", "6.3, rule 4"},
        {{{"Transfer-Encoding", "Chunked"}}, 11, "chunked", "7: names without case"},
        {{{"Content-Length", "5"}, {"Content-Length", "5"}}, 11, "request_malformed", "6.3, rule 5"},
        {{{"Content-Length", "5"}, {"Content-Length", "6"}}, 11, "request_malformed", "6.3, rule 5"},
        {{{"Content-Length", "5, 5"}}, 11, "request_malformed", "6.3, rule 5"},
        {{{"Content-Length", "5,6"}}, 11, "request_malformed", "6.3, rule 5"},
        {{{"Content-Length", "+5"}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", "-5"}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", "5 "}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", "0x5"}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", "5_0"}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", "\xd9\xa5"}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", ""}}, 11, "request_malformed", "RFC 9110, 8.6"},
        {{{"Content-Length", "9223372036854775808"}}, 11, "request_malformed", "RFC 9110, 8.6: overflow"},
        {{{"Content-Length", "18446744073709551617"}}, 11, "request_malformed", "RFC 9110, 8.6: overflow"},
        {{{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}}, 11, "request_malformed", "6.1"},
        {{{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, 11, "request_malformed", "6.1"},
        {{{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, 11, "request_malformed", "6.1"
        },
        {{{"Transfer-Encoding", "chunked, chunked"}}, 11, "request_malformed", "7.1"},
        {{{"Transfer-Encoding", "gzip, chunked"}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding", "chunked, identity"}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding", "identity"}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding", "xchunked"}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding", "chunked;x"}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding", "\"chunked\""}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding",
           "\x0b"
           "chunked"}},
         11,
         "request_malformed",
         "6.3, rule 4"},
        {{{"Transfer-Encoding", ""}}, 11, "request_malformed", "6.3, rule 4"},
        {{{"Transfer-Encoding", "chunked"}}, 10, "request_malformed", "6.1: HTTP/1.0"},
        {{{"Transfer_Encoding", "chunked"}},
         11,
         "request_malformed",
         "an application could join the spellings"},
        {{{"Content_Length", "5"}}, 11, "request_malformed", "an application could join the spellings"},
        {{{"Content-Length", "5"}, {"content_length", "5"}},
         11,
         "request_malformed",
         "an application could join the spellings"},
    }));
    INFO("RFC 9112, " << section);
    CHECK(text(http::request_framing(request, version)) == expected);
}

TEST_CASE("the body of an answer depends on request, status and fields (RFC 9112, 6.3)", "[http]")
{
    const auto [answer, version, status, method, expected] =
        GENERATE(table<fields, int, int, std::string, std::string>({
            {{}, 11, 200, "GET", "until close"},
            {{{"Content-Length", "5"}}, 11, 200, "GET", "5"},
            {{{"Transfer-Encoding", "chunked"}}, 11, 200, "GET", "chunked"},
            {{{"Content-Length", "5"}}, 11, 200, "HEAD", "none"},
            {{{"Transfer-Encoding", "chunked"}}, 11, 200, "HEAD", "none"},
            {{}, 11, 200, "HEAD", "none"},
            {{{"Content-Length", "5"}}, 11, 304, "GET", "none"},
            {{}, 11, 304, "GET", "none"},
            {{}, 11, 204, "GET", "none"},
            {{{"Content-Length", "0"}}, 11, 204, "GET", "none"},
            {{{"Content-Length", "5"}}, 11, 204, "GET", "upstream_protocol_error"},
            {{{"Transfer-Encoding", "chunked"}}, 11, 204, "GET", "upstream_protocol_error"},
            {{}, 11, 101, "GET", "none"},
            {{{"Transfer-Encoding", "chunked"}}, 11, 101, "GET", "upstream_protocol_error"},
            {{}, 11, 100, "POST", "none"},
            {{{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}},
             11,
             200,
             "GET",
             "upstream_protocol_error"},
            {{{"Content-Length", "5"}, {"Content-Length", "5"}}, 11, 200, "HEAD", "upstream_protocol_error"},
            {{{"Transfer-Encoding", "gzip"}}, 11, 200, "GET", "upstream_protocol_error"},
            {{{"Transfer-Encoding", "chunked"}}, 10, 200, "GET", "upstream_protocol_error"},
            {{}, 10, 200, "GET", "until close"},
        }));
    INFO(status << " to " << method);
    CHECK(text(http::response_framing(answer, version, status, method)) == expected);
}
