// SPDX-License-Identifier: Apache-2.0
#include "http/chunked.hpp"
#include "support/catch.hpp"

#include <boost/beast/http.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace sekisho;
using http::chunked_reader;

namespace
{

struct outcome
{
    std::string body;
    std::vector<http::field> trailers;
    bool is_done = false;
    bool is_refused = false;
    std::size_t used = 0;
};

// Reads with `step` bytes arriving at a time; unused bytes stay in front, as a connection's buffer keeps
// them.
outcome read_in_steps(std::string_view text, std::size_t step)
{
    outcome made;
    chunked_reader reader;
    for (std::size_t arrived = std::min(step, text.size());;)
    {
        const auto piece = reader.read(text.substr(made.used, arrived - made.used), made.trailers, 4);
        if (!piece)
        {
            made.is_refused = true;
            return made;
        }
        made.used += piece->used;
        made.body.append(piece->data.begin(), piece->data.end());
        made.is_done = reader.is_done();
        if (made.is_done || (piece->data.empty() && arrived == text.size()))
            return made;
        if (piece->data.empty())
            arrived = std::min(arrived + step, text.size());
    }
}

bool beast_takes(std::string_view text)
{
    namespace beast = boost::beast;
    const std::string message = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(text);
    beast::http::request_parser<beast::http::string_body> parser;
    parser.eager(true);
    beast::error_code failure;
    parser.put(boost::asio::buffer(message), failure);
    return !failure && parser.is_done();
}

} // namespace

TEST_CASE("a chunked body is the same however its bytes arrive", "[http]")
{
    const std::string text = "4\r\nWiki\r\nA;name=\"v\"\r\n0123456789\r\n00\r\nX-Sum: 1\r\nY: \r\n\r\nGET";
    const auto step = GENERATE(1U, 2U, 3U, 7U, 1000U);
    const auto seen = read_in_steps(text, step);
    CHECK(seen.body == "Wiki0123456789");
    CHECK(seen.is_done);
    CHECK(text.substr(seen.used) == "GET"); // the next message is left alone
    REQUIRE(seen.trailers.size() == 2);
    CHECK(seen.trailers[0].name == "X-Sum");
    CHECK(seen.trailers[0].value == "1");
}

TEST_CASE("a chunked body that is not complete asks for more", "[http]")
{
    const std::string text = GENERATE(
        std::string("4"),
        std::string("4\r"),
        std::string("4\r\nWi"),
        std::string("4\r\nWiki"),
        std::string("4\r\nWiki\r"),
        std::string("4\r\nWiki\r\n"),
        std::string("0\r\n"),
        std::string("0\r\nA: b\r\n"),
        std::string("0\r\n\r")
    );
    const auto seen = read_in_steps(text, 1);
    CHECK_FALSE(seen.is_done);
    CHECK_FALSE(seen.is_refused);
}

TEST_CASE("CVE-2026-48743: chunk framing that readers could count differently is refused", "[http]")
{
    const auto [text, why] = GENERATE(table<std::string, std::string>({
        {"\r\n", "no size"},
        {"0x4\r\nWiki\r\n0\r\n\r\n", "a prefix"},
        {"+4\r\nWiki\r\n0\r\n\r\n", "a sign"},
        {"-4\r\nWiki\r\n0\r\n\r\n", "a sign"},
        {" 4\r\nWiki\r\n0\r\n\r\n", "space in front"},
        {"4 \r\nWiki\r\n0\r\n\r\n", "space behind"},
        {"4\nWiki\r\n0\r\n\r\n", "a bare LF"},
        {"4\rWiki\r\n0\r\n\r\n", "a bare CR"},
        {"4\r\nWikiX\r\n0\r\n\r\n", "a longer chunk"},
        {"4\r\nWiki\n0\r\n\r\n", "a bare LF behind the data"},
        {"4\r\nWiki0\r\n\r\n", "no line end behind the data"},
        {"G\r\n", "not a digit"},
        {"10000000000000000\r\n", "more than 64 bits"},
        {"7fffffffffffffff\r\n", "more than a length may be"},
        {"4 x\r\nWiki\r\n0\r\n\r\n", "not an extension"},
        {"4;a\nb\r\nWiki\r\n0\r\n\r\n", "a bare LF in an extension"},
        {"4;a\x01\r\nWiki\r\n0\r\n\r\n", "a control character in an extension"},
        {"4;" + std::string(300, 'a') + "\r\n", "an endless extension"},
        {"0\r\nA : b\r\n\r\n", "a trailer with space before its colon"},
        {"0\r\n A: b\r\n\r\n", "a folded trailer"},
        {"0\r\nA: b\nB: c\r\n\r\n", "a bare LF in a trailer"},
        {"0\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n", "too many trailers"},
    }));
    CAPTURE(text, why);
    CHECK(read_in_steps(text, 1000).is_refused);
    CHECK(read_in_steps(text, 1).is_refused);
}

TEST_CASE("what passes as a chunked body passes Beast's parser too", "[http]")
{
    const std::string text = GENERATE(
        std::string("0\r\n\r\n"),
        std::string("4\r\nWiki\r\n0\r\n\r\n"),
        std::string("a;x=1;y\r\n0123456789\r\n0\r\n\r\n"),
        std::string("0004\r\nWiki\r\n000\r\nA: b\r\n\r\n"),
        std::string("fF\r\n") + std::string(255, 'x') + "\r\n0\r\n\r\n"
    );
    CHECK(read_in_steps(text, 1000).is_done);
    CHECK(beast_takes(text));
}
