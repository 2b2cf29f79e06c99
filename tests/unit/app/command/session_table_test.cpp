// SPDX-License-Identifier: Apache-2.0
#include "app/command/session_table.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::app;

namespace
{

constexpr time_point noon{std::chrono::seconds(1'800'000'000)}; // 2027-01-15T08:00:00Z

std::string one_session(const std::string& user, const std::string& username, const std::string& last_use)
{
    return R"({"id":"-Qz","user":")" + user + R"(","username":")" + username +
           R"(","provider":"main","address":"192.0.2.7","since":"2027-01-15T07:00:00Z","last_use":")" +
           last_use + R"("})";
}

std::string table_of(const std::string& sessions)
{
    return session_table(R"({"sessions":[)" + sessions + "]}", noon).value_or("none");
}

} // namespace

TEST_CASE("sessions are a table in the gate's order, wide as what stands in it", "[app]")
{
    const auto table = table_of(
        one_session("248289", "山田", "2027-01-15T07:59:48Z") + "," +
        one_session("hanako", "hanako", "2027-01-13T08:00:00Z")
    );
    CHECK(
        table == "USER         PROVIDER  SINCE (UTC)           LAST USE  ADDRESS    ID\n"
                 "248289 (山田)  main      2027-01-15T07:00:00Z  12s ago   192.0.2.7  -Qz\n"
                 "hanako       main      2027-01-15T07:00:00Z  2d ago    192.0.2.7  -Qz\n"
    );
}

TEST_CASE("an age has its largest unit", "[app]")
{
    const auto [last_use, age] = GENERATE(table<std::string, std::string>({
        {"2027-01-15T08:00:00Z", " 0s ago"},
        {"2027-01-15T08:00:09Z", " 0s ago"}, // clocks differ
        {"2027-01-15T07:59:01Z", " 59s ago"},
        {"2027-01-15T07:59:00Z", " 1m ago"},
        {"2027-01-15T07:00:00Z", " 1h ago"},
        {"2027-01-13T08:00:01Z", " 47h ago"},
        {"2027-01-13T08:00:00Z", " 2d ago"},
        {"2026-12-31T08:00:00Z", " 15d ago"},
        {"2026-13-31T08:00:00Z", " ? ago"},
        {"yesterday", " ? ago"},
    }));
    CHECK_THAT(table_of(one_session("a", "", last_use)), Catch::Matchers::Contains(age));
}

TEST_CASE("what a provider calls somebody does not move the terminal's cursor", "[app]")
{
    const auto table = table_of(one_session("a\\u001b[2Jb\\u0007\\u009bc\\nd", "é", "2027-01-15T08:00:00Z"));
    CHECK_THAT(table, Catch::Matchers::Contains("a?[2Jb??c?d (é)"));
}

TEST_CASE("nobody has a session, or it is no such answer", "[app]")
{
    CHECK(table_of("") == "nobody has a session\n");
    const std::string answer = GENERATE("", "[]", "{}", R"({"sessions":1})", R"({"sessions":[)");
    CHECK_FALSE(session_table(answer, noon));
}
