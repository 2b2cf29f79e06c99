// SPDX-License-Identifier: Apache-2.0
#include "settings/table.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace sekisho::settings
{

TEST_CASE("every row belongs to a section, and the rows of a section stand together", "[settings]")
{
    std::vector<std::string> order;
    for (const auto& row : table())
        if (order.empty() || order.back() != row.section())
            order.emplace_back(row.section());
    std::vector<std::string> expected;
    for (const auto& section : sections())
        expected.emplace_back(section.name);
    CHECK(order == expected);
}

TEST_CASE("no name stands for two settings, aliases and _FILE included", "[settings]")
{
    std::set<std::string> names;
    for (const auto& row : table())
    {
        std::vector<std::string> own{environment_name(row.path)};
        for (const auto alias : row.aliases)
            if (!alias.empty())
                own.emplace_back(alias);
        for (const auto& name : own)
        {
            CAPTURE(name);
            CHECK(names.insert(name).second);
            if (row.is_secret())
                CHECK(names.insert(name + "_FILE").second);
        }
    }
}

TEST_CASE("every default is printed in a spelling that reads back to the same", "[settings]")
{
    const model defaults;
    for (const auto& row : table())
    {
        if (row.is_secret())
            continue;
        CAPTURE(row.path);
        const auto text = row.print(defaults);
        model copy;
        const auto why = row.assign(copy, {.form = raw_value::shape::text, .items = {text}}, row);
        CHECK(why.value_or("") == "");
        CHECK(row.print(copy) == text);
    }
}

TEST_CASE("every example can be read", "[settings]")
{
    for (const auto& row : table())
    {
        if (row.example.empty())
            continue;
        CAPTURE(row.path);
        model copy;
        CHECK_FALSE(
            row.assign(copy, {.form = raw_value::shape::text, .items = {std::string(row.example)}}, row)
                .has_value()
        );
    }
}

TEST_CASE("every setting is explained in sentences", "[settings]")
{
    for (const auto& row : table())
    {
        CAPTURE(row.path);
        CHECK(row.meaning.ends_with('.'));
        CHECK_FALSE(expected_form(row).empty());
    }
}

TEST_CASE("a value that means nothing when it is zero is refused", "[settings]")
{
    const auto& row = table()[row_of("server.head_timeout")];
    model values;
    CHECK(
        row.assign(values, {.form = raw_value::shape::text, .items = {"0s"}}, row) == "it must be more than 0"
    );
    CHECK(values.server.head_timeout == 30s);
}

TEST_CASE("a list is refused where one value belongs", "[settings]")
{
    const auto& row = table()[row_of("oidc.issuer")];
    model values;
    CHECK(row.assign(values, {.form = raw_value::shape::list, .items = {"a", "b"}}, row).has_value());
}

TEST_CASE("the names from the field lead to our settings", "[settings]")
{
    const auto [alias, path] = GENERATE(Catch::Generators::table<std::string, std::string>({
        {"OIDC_SECRET", "oidc.client_secret"},
        {"GORILLA_OIDC_ISSUER", "oidc.issuer"},
        {"GORILLA_OIDC_CLIENT_ID", "oidc.client_id"},
        {"GORILLA_OIDC_SECRET", "oidc.client_secret"},
        {"GORILLA_AUTH_METHOD", "oidc.auth_method"},
        {"GORILLA_SESSION_LENGTH", "session.lifetime"},
    }));
    const auto& row = table()[row_of(path)];
    CHECK(std::ranges::find(row.aliases, alias) != row.aliases.end());
}

} // namespace sekisho::settings
