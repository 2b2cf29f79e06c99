// SPDX-License-Identifier: Apache-2.0
#include "app/check/finding.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>

namespace sekisho::app
{

TEST_CASE("every finding has a name of its own of the form area.what", "[app]")
{
    std::set<std::string_view> seen;
    for (const auto& row : all_check_rows())
    {
        INFO(row.name);
        CHECK(seen.insert(row.name).second);
        CHECK(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.") == std::string_view::npos);
        CHECK(row.name.find('.') != std::string_view::npos);
        CHECK(&describe(row.code) == &row);
    }
}

TEST_CASE("whatever is worse than a note says what it means and what to do", "[app]")
{
    for (const auto& row : all_check_rows())
    {
        INFO(row.name);
        // The text of a setting's warning has both already.
        const auto speaks = row.code != check_code::settings_warning;
        if (row.level == check_level::ok)
            CHECK((row.meaning.empty() && row.advice.empty()));
        else
            CHECK(row.meaning.empty() != speaks);
        if (speaks && (row.level == check_level::warning || row.level == check_level::problem))
            CHECK_FALSE(row.advice.empty());
    }
}

} // namespace sekisho::app
