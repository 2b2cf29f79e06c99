// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "identity/characters.hpp"
#include "identity/headers.hpp"
#include "support/catch.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace sekisho;
using namespace std::string_literals;
using identity::group_format;
using identity::header_config;
using identity::value_encoding;

namespace
{

identity::identity alice()
{
    identity::identity who;
    who.issuer = "https://idp.example";
    who.subject = "1";
    who.user = "1";
    who.username = "alice";
    who.email = "alice@example.com";
    who.groups = {"admins", "staff"};
    return who;
}

// Only the groups, so that a test reads one line.
std::string group_lines(std::vector<std::string> groups, group_format format, value_encoding encoding)
{
    identity::identity who;
    who.user = "1";
    who.groups = std::move(groups);
    header_config config;
    config.user.clear();
    config.groups = "G";
    config.groups_as = format;
    config.encoding = encoding;
    const auto lines = identity::render(who, {}, config);
    REQUIRE(lines);
    return *lines;
}

std::string user_line(std::string user, value_encoding encoding)
{
    identity::identity who;
    who.user = std::move(user);
    header_config config;
    config.user = "U";
    config.encoding = encoding;
    const auto lines = identity::render(who, {}, config);
    return lines ? *lines : std::string(describe(lines.error().code).name);
}

} // namespace

TEST_CASE("a person becomes a block of header lines", "[identity]")
{
    const auto lines = identity::render(alice(), {}, {});
    REQUIRE(lines);
    CHECK(
        *lines == "X-Forwarded-User: 1\r\n"
                  "X-Forwarded-Preferred-Username: alice\r\n"
                  "X-Forwarded-Email: alice@example.com\r\n"
                  "X-Forwarded-Groups: admins,staff\r\n"
    );
}

TEST_CASE("CVE-2026-30851: what a person does not have has no line", "[identity]")
{
    auto who = alice();
    who.email.reset();
    who.groups.clear();
    who.username.clear();
    CHECK(identity::render(who, {}, {}) == "X-Forwarded-User: 1\r\n");
}

TEST_CASE("values are encoded as the configuration says", "[identity]")
{
    const auto [value, encoding, line] = GENERATE(table<std::string, value_encoding, std::string>({
        {"alice@x.y z", value_encoding::automatic, "U: alice@x.y z\r\n"},
        {"山", value_encoding::automatic, "U: %E5%B1%B1\r\n"},
        {"山 a", value_encoding::automatic, "U: %E5%B1%B1 a\r\n"},
        {"100%41", value_encoding::automatic, "U: 100%2541\r\n"},
        {" a ", value_encoding::automatic, "U: %20a%20\r\n"},
        {"山", value_encoding::utf8, "U: 山\r\n"},
        {"100%", value_encoding::utf8, "U: 100%\r\n"},
        {" a", value_encoding::utf8, "identity_header_unsafe"},
        {"a@b 山", value_encoding::percent, "U: a%40b%20%E5%B1%B1\r\n"},
        {"山", value_encoding::base64url, "U: 5bGx\r\n"},
    }));
    CAPTURE(value);
    CHECK(user_line(value, encoding) == line);
}

TEST_CASE("a reader may percent-decode whatever automatic and percent wrote", "[identity]")
{
    const std::vector<std::string> alphabet{"a", "%", "4", "1", " ", "山", ",", "+", "é", "\""};
    std::mt19937 dice(1); // NOLINT: repeatable on purpose
    for (int round = 0; round < 1000; ++round)
    {
        std::string value = "x";
        for (unsigned size = dice() % 8; size > 0; --size)
            value += alphabet[dice() % alphabet.size()];
        const auto encoding = round % 2 == 0 ? value_encoding::automatic : value_encoding::percent;
        const auto line = user_line(value, encoding);
        CAPTURE(value, line);
        REQUIRE(percent_decode(std::string_view(line).substr(3, line.size() - 5)) == value);
    }
}

TEST_CASE(
    "CR, LF, NUL and other controls in a value refuse the request, however it would be written", "[identity]"
)
{
    const auto value =
        GENERATE("a\r\nX-Admin: 1"s, "a\nb"s, "a\rb"s, "a\0b"s, "a\tb"s, "a\x7f"s, "a\xc2\x85"s, "\xff"s);
    const auto encoding = GENERATE(
        value_encoding::automatic, value_encoding::utf8, value_encoding::percent, value_encoding::base64url
    );
    CHECK(user_line(value, encoding) == "identity_header_unsafe");
    auto who = alice();
    who.groups = {"ok", value};
    header_config config;
    config.encoding = encoding;
    config.groups_as = GENERATE(group_format::separated, group_format::json, group_format::repeated);
    const auto lines = identity::render(who, {}, config);
    REQUIRE_FALSE(lines);
    CHECK(lines.error().code == errc::identity_header_unsafe);
    CHECK(lines.error().detail.find("X-Forwarded-Groups") != std::string::npos);
}

TEST_CASE("groups are separated, JSON or repeated", "[identity]")
{
    using enum group_format;
    const auto [format, encoding, lines] = GENERATE(table<group_format, value_encoding, std::string>({
        {separated, value_encoding::automatic, "G: a%2Cb,c%25d,%E5%B1%B1\r\n"},
        {separated, value_encoding::utf8, "G: a%2Cb,c%25d,山\r\n"},
        {separated, value_encoding::percent, "G: a%2Cb,c%25d,%E5%B1%B1\r\n"},
        {separated, value_encoding::base64url, "G: YSxi,YyVk,5bGx\r\n"},
        {json, value_encoding::automatic, "G: [\"a,b\",\"c%d\",\"\\u5c71\"]\r\n"},
        {json, value_encoding::utf8, "G: [\"a,b\",\"c%d\",\"山\"]\r\n"},
        {json, value_encoding::percent, "G: %5B%22a%2Cb%22%2C%22c%25d%22%2C%22%5Cu5c71%22%5D\r\n"},
        {repeated, value_encoding::automatic, "G: a%2Cb\r\nG: c%25d\r\nG: %E5%B1%B1\r\n"},
        {repeated, value_encoding::utf8, "G: a%2Cb\r\nG: c%25d\r\nG: 山\r\n"},
        {repeated, value_encoding::percent, "G: a%2Cb\r\nG: c%25d\r\nG: %E5%B1%B1\r\n"},
    }));
    CHECK(group_lines({"a,b", "c%d", "山"}, format, encoding) == lines);
}

// Readers take spaces off what they have split (RFC 9110, 5.6.1); separate lines may be joined on the way.
TEST_CASE("splitting a list, or its joined lines, gives every group back", "[identity]")
{
    const auto encoding = GENERATE(value_encoding::automatic, value_encoding::utf8, value_encoding::percent);
    const auto format = GENERATE(group_format::separated, group_format::repeated);
    const std::vector<std::string> alphabet{"a", "%", "2C", ",", "山", "b c", " "};
    std::mt19937 dice(2); // NOLINT
    for (int round = 0; round < 500; ++round)
    {
        std::vector<std::string> groups(1 + dice() % 4);
        for (auto& group : groups)
            for (auto size = 1 + dice() % 4; size > 0; --size)
                group += alphabet[dice() % alphabet.size()];
        auto line = group_lines(groups, format, encoding);
        for (auto at = line.find("\r\nG: "); at != std::string::npos; at = line.find("\r\nG: "))
            line.replace(at, 5, ",");
        std::string_view rest = std::string_view(line).substr(3, line.size() - 5);
        std::vector<std::string> read;
        while (true)
        {
            const auto end = rest.find(',');
            read.push_back(percent_decode(identity::trimmed(rest.substr(0, end))).value());
            if (end == std::string_view::npos)
                break;
            rest.remove_prefix(end + 1);
        }
        CAPTURE(line);
        REQUIRE(read == groups);
    }
}

TEST_CASE("tokens go where the configuration says and nowhere else", "[identity]")
{
    header_config config;
    const identity::header_tokens tokens{"i.d.t", "access"};
    CHECK(identity::render(alice(), tokens, config)->find("i.d.t") == std::string::npos);
    CHECK(identity::render(alice(), tokens, config)->find("access") == std::string::npos);
    config.id_token = "X-Forwarded-Id-Token";
    config.access_token = "X-Forwarded-Access-Token";
    config.authorization = identity::authorization_header::id_token;
    const auto lines = identity::render(alice(), tokens, config);
    REQUIRE(lines);
    CHECK(lines->find("X-Forwarded-Id-Token: i.d.t\r\n") != std::string::npos);
    CHECK(lines->find("X-Forwarded-Access-Token: access\r\n") != std::string::npos);
    CHECK(lines->find("Authorization: Bearer i.d.t\r\n") != std::string::npos);
    CHECK_FALSE(identity::render(alice(), {"a\r\nb", ""}, config));
    const auto without = identity::render(alice(), {}, config);
    REQUIRE(without);
    CHECK(without->find("Token") == std::string::npos);
    CHECK(without->find("Authorization") == std::string::npos);
}

TEST_CASE("an extra value is sent only under a header that is configured now", "[identity]")
{
    auto who = alice();
    who.extra = {{"X-Department", {"a", "b"}}, {"X-Gone", {"c"}}};
    header_config config;
    config.extra = {"X-Department"};
    const auto lines = identity::render(who, {}, config);
    REQUIRE(lines);
    CHECK(lines->find("X-Department: a,b\r\n") != std::string::npos);
    CHECK(lines->find("X-Gone") == std::string::npos);
}

TEST_CASE("name, roles and picture are sent under the names that are configured, and only then", "[identity]")
{
    auto who = alice();
    who.name = "Alice Doe";
    who.roles = {"approver", "a,b"};
    who.picture = "https://idp.example/a%20b.png";
    const auto silent = identity::render(who, {}, {});
    REQUIRE(silent);
    CHECK(silent->find("Doe") == std::string::npos);
    CHECK(silent->find("approver") == std::string::npos);
    CHECK(silent->find("png") == std::string::npos);
    header_config config;
    config.name = "X-Name";
    config.roles = "X-Roles";
    config.picture = "X-Picture";
    config.encoding = value_encoding::utf8;
    const auto lines = identity::render(who, {}, config);
    REQUIRE(lines);
    CHECK(lines->find("X-Name: Alice Doe\r\n") != std::string::npos);
    CHECK(lines->find("X-Roles: approver,a%2Cb\r\n") != std::string::npos);
    CHECK(lines->find("X-Picture: https://idp.example/a%20b.png\r\n") != std::string::npos);
}
