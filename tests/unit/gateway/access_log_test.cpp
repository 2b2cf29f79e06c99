// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "gateway/access_log.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace sekisho::gateway
{
namespace
{

// The line about this request, answered with 200 and five bytes.
std::string line_of(log::format form, context about, std::string method = "GET")
{
    test::fake_exchange exchange(
        {.method = std::move(method), .target = "/a?secret", .fields = {}, .body = {}, .body_failure = {}}
    );
    REQUIRE(test::run(net::send(exchange, {200, {}, "hello"})));
    log::configure(log::level::info, form);
    test::captured_output output;
    {
        access_log lines(form);
        lines.note(exchange, about, std::chrono::microseconds(1234));
    }
    log::flush();
    return output.take();
}

context about_a()
{
    context about;
    about.path = "/a";
    about.query = "secret";
    about.host = "app.example";
    about.client_address = "192.0.2.1";
    about.request_id = "the-id";
    return about;
}

} // namespace

TEST_CASE("a line for machines is one JSON object, without the query", "[gateway]")
{
    auto about = about_a();
    about.session = std::make_shared<const session::opened_session>(test::sample_session(), "");
    const auto line = line_of(log::format::json, about);
    CHECK(line.starts_with("{\"time\":\"2"));
    CHECK(line.ends_with("}\n"));
    const auto rest = line.substr(line.find("\"level\""));
    CHECK(rest.starts_with("\"level\":\"info\",\"event\":\"request\",\"status\":200,\"method\":\"GET\","
                           "\"path\":\"/a\",\"host\":\"app.example\","
                           "\"client\":\"192.0.2.1\",\"user\":\"248289\",\"bytes\":5,\"duration_us\":1234,"
                           "\"request_id\":\"the-id\"}"));
    CHECK(line.find("secret") == std::string::npos);
}

TEST_CASE("a line for people has the same words", "[gateway]")
{
    const auto line = line_of(log::format::text, about_a());
    CHECK(line.ends_with(" info  request status=200 method=GET path=/a host=app.example client=192.0.2.1 "
                         "bytes=5 duration_us=1234 request_id=the-id\n"));
    CHECK(line.find("user=") == std::string::npos);
}

TEST_CASE("what a client writes stays inside its value", "[gateway]")
{
    const auto form = GENERATE(log::format::json, log::format::text);
    const auto value = GENERATE(
        std::string("a\nb"),
        std::string("a\" status=500"),
        std::string("a\\"),
        std::string("a=b c"),
        std::string("\x1b[2J"),
        std::string()
    );
    auto about = about_a();
    about.host = value;
    const auto line = line_of(form, about);
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(line.find('\x1b') == std::string::npos);
    if (form == log::format::json)
        CHECK(parse_json(line).value().at("host") == value);
    else if (value.find(' ') != std::string::npos)
        CHECK(line.find("host=\"") != std::string::npos);
}

} // namespace sekisho::gateway
