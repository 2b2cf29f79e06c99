// SPDX-License-Identifier: Apache-2.0
#include "http/field_name.hpp"
#include "support/catch.hpp"

#include <cctype>

using namespace sekisho;
using http::canonical_equal;
using http::canonical_hash;

TEST_CASE(
    "CVE-2025-64484 and CVE-2026-52845: every spelling an application could take for ours is the same name",
    "[http]"
)
{
    const http::name_set ours{"X-Forwarded-Email", "X-Forwarded-User", "Remote-User", "X-Id", "A"};
    const std::string name = GENERATE(
        "X-Forwarded-Email",
        "x-forwarded-email",
        "X_Forwarded_Email",
        "X-Forwarded_Email",
        "X_FORWARDED-EMAIL",
        "X.Forwarded.Email",
        "x~forwarded!email",
        "REMOTE_USER",
        "remote-user",
        "x_id",
        "X-ID",
        "a"
    );
    INFO(name);
    CHECK(ours.contains(name));
}

TEST_CASE("CVE-2026-54763: names that only look alike are other names", "[http]")
{
    const http::name_set ours{"X-Forwarded-Email", "Remote-User", "X-Id"};
    const std::string name = GENERATE(
        "X-Forwarded-Emai",
        "X-Forwarded-Emails",
        "XForwardedEmail",
        "X--Forwarded-Email",
        "X-Forwarded-Emaim",
        "RemoteUser",
        "XId",
        "X-I",
        "",
        "x",
        "X-Forwarded-Emai1"
    );
    INFO(name);
    CHECK_FALSE(ours.contains(name));
}

TEST_CASE("every byte has its canonical form, at every length and place", "[http]")
{
    for (std::size_t size = 1; size <= 20; ++size)
        for (std::size_t place = 0; place < size; ++place)
            for (int byte = 0; byte < 256; ++byte)
            {
                std::string name(size, 'q');
                name[place] = static_cast<char>(byte);
                const bool is_alnum = byte < 128 && std::isalnum(byte) != 0;
                std::string expected(size, 'q');
                expected[place] = is_alnum ? static_cast<char>(std::tolower(byte)) : '-';
                REQUIRE(http::canonical_name(name) == expected);
                REQUIRE(canonical_equal(name, expected));
                REQUIRE(canonical_hash(name) == canonical_hash(expected));
                expected[place] = expected[place] == 'a' ? 'b' : 'a';
                REQUIRE_FALSE(canonical_equal(name, expected));
                REQUIRE(canonical_hash(name) != canonical_hash(expected));
            }
}

TEST_CASE("names of different length are different", "[http]")
{
    CHECK_FALSE(canonical_equal("a", "a-"));
    CHECK_FALSE(canonical_equal("", "-"));
    CHECK(canonical_equal("", ""));
    CHECK(http::canonical_starts_with("X_Forwarded-User", "x-forwarded-"));
    CHECK_FALSE(http::canonical_starts_with("X-Forwarded", "X-Forwarded-"));
}

TEST_CASE("a table finds each of its names and nothing else", "[http]")
{
    std::vector<std::pair<std::string, int>> entries;
    for (int index = 0; index < 500; ++index)
        entries.emplace_back("X-Field-" + std::to_string(index), index);
    entries.emplace_back("x_field_7", 1000); // the first wins
    entries.emplace_back("", 1001);
    const http::name_table<int> table(entries);
    CHECK(table.size() == 500);
    for (int index = 0; index < 500; ++index)
    {
        const int* found = table.find("x_FIELD_" + std::to_string(index));
        REQUIRE(found != nullptr);
        REQUIRE(*found == index);
    }
    CHECK(table.find("X-Field-500") == nullptr);
    CHECK(table.find("") == nullptr);
    CHECK(http::name_table<int>().find("X") == nullptr);
    CHECK_FALSE(http::name_set().contains("X"));
    const std::vector<std::string> names{"A-B", "a_b", "C"};
    CHECK(http::name_set(names).size() == 2);
}
