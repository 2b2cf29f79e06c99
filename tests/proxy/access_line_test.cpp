// SPDX-License-Identifier: Apache-2.0
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <sstream>

namespace sekisho::test
{
namespace
{

// The lines about requests that a gate writes from its beginning to its end.
std::vector<std::string> lines_of(const std::function<void(doorway&)>& what)
{
    captured_output output;
    {
        doorway door(
            answering(plain_answer("hello")),
            [](auto& with)
            {
                with.log.level = log::level::info;
                with.log.access = true;
                with.server.max_head_fields = 8;
            }
        );
        what(door);
    }
    log::flush();
    std::istringstream all(output.take());
    log::configure(log::level::off, log::format::json);
    std::vector<std::string> found;
    for (std::string line; std::getline(all, line);)
        if (line.find("\"event\":\"request\"") != std::string::npos)
            found.push_back(line);
    return found;
}

bool has(const std::string& line, std::string_view part) { return line.find(part) != std::string::npos; }

} // namespace

TEST_CASE("a request leaves one line with what an administrator asks for", "[proxy]")
{
    const auto lines =
        lines_of([](doorway& door) { door.ask(door.signed_head("GET", "/private/a?code=secret")); });
    REQUIRE(lines.size() == 1);
    CHECK(has(lines[0], "\"status\":200"));
    CHECK(has(lines[0], "\"method\":\"GET\""));
    CHECK(has(lines[0], "\"path\":\"/private/a\""));
    CHECK(has(lines[0], "\"host\":\"app.example\""));
    CHECK(has(lines[0], "\"client\":\"127.0.0.1\""));
    CHECK(has(lines[0], "\"user\":\"248289\""));
    CHECK(has(lines[0], "\"bytes\":5"));
    CHECK(has(lines[0], "\"request_id\":\""));
    CHECK_FALSE(has(lines[0], "secret"));
    CHECK_FALSE(has(lines[0], "sekisho_session"));
}

TEST_CASE("every request has its line, in order, refused ones too", "[proxy]")
{
    const auto lines = lines_of(
        [](doorway& door)
        {
            door.ask(doorway::head("GET", "/public/1"));
            door.ask(doorway::head("GET", "/private", "Accept: application/json\r\n"));
            door.ask(doorway::head("GET", "/public%2fa?token=secret"));
            door.client = wire::to(door.gate.port()); // that one was closed
            std::string many;
            for (auto count = 0; count < 20; ++count)
                many += "X: 1\r\n";
            door.ask(doorway::head("GET", "/public/2", many));
        }
    );
    REQUIRE(lines.size() == 4);
    CHECK(has(lines[0], "\"status\":200"));
    CHECK(has(lines[1], "\"status\":401"));
    CHECK(has(lines[2], "\"status\":400"));
    CHECK(has(lines[3], "\"status\":431"));
    for (const auto& each : lines)
        CHECK_FALSE(has(each, "secret"));
}

TEST_CASE("what a client writes cannot begin a line of its own", "[proxy]")
{
    const auto lines = lines_of(
        [](doorway& door)
        {
            door.ask(doorway::head("GET", "/public/%0a{\"event\":\"request\"}%22%5b", "Accept: text/html\r\n")
            );
        }
    );
    REQUIRE(lines.size() == 1);
    CHECK(has(lines[0], "\"path\":\"/public/%0A"));
    CHECK(lines[0].starts_with("{\"time\":"));
}

TEST_CASE("a request whose framing is refused is still named in its line", "[proxy]")
{
    const auto lines = lines_of(
        [](doorway& door)
        {
            door.ask(
                doorway::head("POST", "/public/named?q=secret", "Content-Length: 1\r\nContent-Length: 1\r\n")
            );
        }
    );
    REQUIRE(lines.size() == 1);
    CHECK(has(lines[0], "\"status\":400"));
    CHECK(has(lines[0], "\"path\":\"/public/named\""));
    CHECK(has(lines[0], "\"host\":\"app.example\""));
    CHECK_FALSE(has(lines[0], "secret"));
}

} // namespace sekisho::test
