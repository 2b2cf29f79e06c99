// SPDX-License-Identifier: Apache-2.0
#include "app/command/session_command.hpp"
#include "support/catch.hpp"
#include "support/recording_application.hpp"

namespace sekisho::app
{

using Catch::Matchers::Contains;
using scope = session_request::scope;

namespace
{

const secret token("a-token-of-administrators-012345");
constexpr time_point now{std::chrono::seconds(1'800'000'000)};

std::string answer(std::string_view status, std::string_view body)
{
    return "HTTP/1.1 " + std::string(status) +
           "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

settings::admin_settings at(std::uint16_t port)
{
    settings::admin_settings made;
    made.listen = settings::listen_address{.host = "127.0.0.1", .port = port};
    made.token = token;
    return made;
}

bool never(std::string_view) { return false; }

session_request asking(session_action what, std::string id, std::string user, scope whom = scope::named)
{
    session_request made;
    made.what = what;
    made.id = std::move(id);
    made.user = std::move(user);
    made.whom = whom;
    return made;
}

} // namespace

TEST_CASE("each session command is one request with the token", "[app]")
{
    const auto [wanted, line] = GENERATE(table<session_request, std::string>({
        {asking(session_action::list, "", ""), "GET /sessions HTTP/1.1"},
        {asking(session_action::list, "", "a b&c"), "GET /sessions?user=a+b%26c HTTP/1.1"},
        {asking(session_action::end, "-x_1", ""), "DELETE /sessions/-x_1 HTTP/1.1"},
        {asking(session_action::end, "a/b?c", ""), "DELETE /sessions/a%2Fb%3Fc HTTP/1.1"},
        {asking(session_action::end, "", "taro"), "DELETE /sessions?user=taro HTTP/1.1"},
        {asking(session_action::end, "", "", scope::everybody), "DELETE /sessions?everybody=true HTTP/1.1"},
    }));
    test::recording_application gate(test::answering_once(answer("200 OK", R"({"sessions":[],"ended":2})")));
    const auto yes = [](std::string_view) { return true; };
    const auto report = ask_for_sessions(wanted, at(gate.port()), report_format::text, now, yes);
    CHECK(report.status == 0);
    CHECK(
        report.text == (wanted.what == session_action::end ? "2 sessions ended\n" : "nobody has a session\n")
    );
    CHECK(gate.request().start_line() == line);
    CHECK(gate.request().field("Authorization") == "Bearer " + std::string(token.reveal()));
}

TEST_CASE("as JSON the gate's answer stands as it is", "[app]")
{
    test::recording_application gate(test::answering_once(answer("200 OK", R"({"sessions":[]})")));
    const auto report = ask_for_sessions({}, at(gate.port()), report_format::json, now, never);
    CHECK(report.status == 0);
    CHECK(report.text == "{\"sessions\":[]}\n");
}

TEST_CASE("everybody's sessions end only when somebody means it", "[app]")
{
    test::recording_application gate(test::answering_once(answer("200 OK", R"({"ended":1})")));
    auto wanted = asking(session_action::end, "", "", scope::everybody);
    const auto report = ask_for_sessions(wanted, at(gate.port()), report_format::text, now, never);
    CHECK(report.status == status_failed);
    CHECK_THAT(report.text, Contains("--yes"));
    CHECK(gate.request_count() == 0);
    wanted.is_sure = true;
    CHECK(
        ask_for_sessions(wanted, at(gate.port()), report_format::text, now, never).text == "1 session ended\n"
    );
}

TEST_CASE("what went wrong is said with what to do", "[app]")
{
    const auto [status, body, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"401 Unauthorized", "{}", "has another one"},
        {"404 Not Found", "There is /healthz", "has no admin.token"},
        {"429 Too Many Requests", "{}", "try again"},
        {"503 Service Unavailable", R"({"detail":"ended at this replica"})", "503: ended at this replica"},
        {"500 Internal Server Error", "<html>", "answers 500"},
        {"200 OK", "<html>", "cannot be read"},
        {"200 OK", R"({"ended":"all"})", "cannot be read"},
    }));
    CAPTURE(status, body);
    test::recording_application gate(test::answering_once(answer(status, body)));
    const auto report = ask_for_sessions(
        asking(session_action::end, "one", ""), at(gate.port()), report_format::text, now, never
    );
    CHECK(report.status == status_failed);
    CHECK_THAT(report.text, Contains(reason));
}

TEST_CASE("without a listener or a good token nobody is asked", "[app]")
{
    auto admin = at(1);
    admin.token = secret();
    CHECK_THAT(
        ask_for_sessions({}, admin, report_format::text, now, never).text, Contains("admin.token is not set")
    );
    admin.token = secret("two\r\nlines");
    CHECK_THAT(ask_for_sessions({}, admin, report_format::text, now, never).text, Contains("characters"));
    admin = at(1);
    admin.listen.reset();
    const auto report = ask_for_sessions({}, admin, report_format::text, now, never);
    CHECK(report.status == status_failed);
    CHECK_THAT(report.text, Contains("admin.listen is off"));
}

} // namespace sekisho::app
