// SPDX-License-Identifier: Apache-2.0
#include "app/document.hpp"
#include "base/error.hpp"
#include "pages/error_guide.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;

TEST_CASE("the list of errors has what lies behind each code and what to do, in every language", "[app]")
{
    const auto in = GENERATE(from_range(pages::languages));
    const auto text = app::errors_reference(in);
    for (const auto& row : all_errors())
    {
        if (!pages::is_shown(row.code))
            continue;
        CAPTURE(row.name);
        CHECK(pages::guide(row.code, in).code == row.code); // no other code's words in its place
        CHECK(text.find("\n## " + std::string(row.name) + "\n") != std::string::npos);
        CHECK(text.find(pages::words_of(row.code, in).happened) != std::string::npos);
        CHECK(text.find(pages::guide(row.code, in).causes) != std::string::npos);
        CHECK(text.find(pages::guide(row.code, in).remedy) != std::string::npos);
    }
}

TEST_CASE("the lists of errors lead to each other", "[app]")
{
    CHECK(app::errors_reference(pages::language::en).find("](ja/errors.md)") != std::string::npos);
    CHECK(app::errors_reference(pages::language::ja).find("](../errors.md)") != std::string::npos);
}
