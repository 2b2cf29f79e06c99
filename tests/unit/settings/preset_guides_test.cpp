// SPDX-License-Identifier: Apache-2.0
// The guides tell what the presets do: each row of the table stands on its provider's page, word for word.
#include "settings/preset.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <sstream>
#include <string>

using namespace sekisho;

namespace
{

std::string guide_of(settings::preset which)
{
    std::ifstream file(SEKISHO_SOURCE_DIR "/docs/providers/" + std::string(settings::name_of(which)) + ".md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("every value that a preset sets stands in its provider's guide, with the reason", "[settings]")
{
    for (const auto& row : settings::preset_table())
    {
        const auto guide = guide_of(row.of);
        const auto begin = "| `oidc." + std::string(row.name) + "` | `" + std::string(row.value) + "`";
        const auto why = " | " + std::string(row.why) + " |\n";
        CAPTURE(settings::name_of(row.of), begin);
        auto line = guide.find(begin);
        while (line != std::string::npos && guide.find(why, line) != guide.find('\n', line) + 1 - why.size())
            line = guide.find(begin, line + 1);
        CHECK(line != std::string::npos);
    }
}
