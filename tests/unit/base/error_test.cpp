// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "support/catch.hpp"

#include <set>

using namespace sekisho;

TEST_CASE("each code has one name, a status an answer can have, and a summary", "[base]")
{
    std::set<std::string_view> names;
    for (const auto& row : all_errors())
    {
        INFO(row.name);
        CHECK(names.insert(row.name).second);
        CHECK(row.status >= 400);
        CHECK(row.status < 600);
        CHECK(row.summary.ends_with('.'));
        CHECK(&describe(row.code) == &row);
    }
    CHECK(names.size() == static_cast<std::size_t>(errc::count_));
}

TEST_CASE("an error as text is its name, where it happened and the detail, each if there is one", "[base]")
{
    CHECK(to_text(error{errc::not_found, "", ""}) == "not_found");
    CHECK(to_text(error{errc::not_found, "step", ""}) == "not_found at step");
    CHECK(to_text(error{errc::not_found, "step", "why"}) == "not_found at step: why");
    CHECK(to_text(error{errc::not_found, "", "why"}) == "not_found: why");
}
