// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::app;

namespace
{

command parsed(const std::vector<std::string>& arguments)
{
    const auto made = parse_command_line(arguments);
    if (!made)
        FAIL(made.error().complaint);
    return *made;
}

} // namespace

TEST_CASE("sekisho session lists, and ends one, a person's or everybody's", "[app]")
{
    CHECK(parsed({"session"}).what == action::session);
    CHECK(parsed({"session"}).session.what == session_action::list);
    const auto listed = parsed({"session", "list", "--user", "taro", "--json", "--admin.listen=:9090"});
    CHECK(listed.session.what == session_action::list);
    CHECK(listed.session.user == "taro");
    CHECK(listed.format == report_format::json);
    CHECK(listed.request.overrides.size() == 1);

    const auto one = parsed({"session", "end", "abc"});
    CHECK(one.session.what == session_action::end);
    CHECK(one.session.id == "abc");
    CHECK(one.session.whom == session_request::scope::named);
    CHECK(parsed({"session", "end", "--user=taro"}).session.user == "taro");
    const auto all = parsed({"session", "end", "--everybody"});
    CHECK(all.session.whom == session_request::scope::everybody);
    CHECK_FALSE(all.session.is_sure);
    CHECK(parsed({"session", "end", "--everybody", "--yes"}).session.is_sure);
}

TEST_CASE("the id of a session may look like an option", "[app]")
{
    const std::string id = GENERATE(
        "-mU4mYwSyU1kkYtFJQq7XjYxlYB0cT1uGDoFhI0rB8_", "--4mYwSyU1kkYtFJQq7XjYxlYB0cT1uGDoFhI0rB8_m"
    );
    CHECK(parsed({"session", "end", id}).session.id == id);
}

TEST_CASE("which sessions end has to be said, once", "[app]")
{
    const auto arguments = GENERATE(values<std::vector<std::string>>({
        {"session", "end"},
        {"session", "end", "--yes"},
        {"session", "end", "--user", ""},
        {"session", "end", "abc", "--user", "taro"},
        {"session", "end", "abc", "--everybody"},
        {"session", "end", "--user", "taro", "--everybody"},
    }));
    const auto made = parse_command_line(arguments);
    REQUIRE_FALSE(made);
    CHECK(made.error().status == status_unusable);
    CHECK_THAT(made.error().complaint, Catch::Matchers::Contains("--everybody"));
}
