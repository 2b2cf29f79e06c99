// SPDX-License-Identifier: Apache-2.0
// The guides tell what the presets do: each row of the table stands on its provider's page, word for word.
#include "base/error.hpp"
#include "settings/preset.hpp"
#include "settings/table.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>

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

constexpr std::array every_preset{
    settings::preset::generic,
    settings::preset::okta,
    settings::preset::entra,
    settings::preset::google,
    settings::preset::cognito,
    settings::preset::auth0,
    settings::preset::keycloak,
    settings::preset::logto,
    settings::preset::ping,
    settings::preset::gitlab,
    settings::preset::dex,
    settings::preset::adfs,
    settings::preset::github
};

bool is_error(std::string_view name)
{
    return std::ranges::any_of(all_errors(), [&](const error_row& each) { return each.name == name; });
}

bool is_setting(std::string_view variable)
{
    for (const std::string_view end : {"_FILE", "_COMMAND"})
        if (variable.ends_with(end) && is_setting(variable.substr(0, variable.size() - end.size())))
            return true;
    return std::ranges::any_of(
        settings::table(),
        [&](const settings::row& each) { return settings::environment_name(each.path) == variable; }
    );
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

TEST_CASE("every guide has the same parts: addresses, settings, what is set, what errors mean", "[settings]")
{
    for (const auto which : every_preset)
    {
        const auto guide = guide_of(which);
        CAPTURE(settings::name_of(which));
        for (const auto* const part :
             {"\n## At ",
              "\n## Addresses to register\n",
              "https://HOST/oidc/callback",
              "\n## Settings\n",
              "\n## What the preset does\n",
              "\n## What is different here\n",
              "\n## If you see this error\n"})
        {
            CAPTURE(part);
            CHECK(guide.find(part) != std::string::npos);
        }
    }
}

TEST_CASE("every error and every setting that a guide names exists", "[settings]")
{
    const std::regex error("`(oidc_[a-z_]+)`");
    const std::regex setting("\\b((?:OIDC|IDENTITY|SESSION|SERVER|ACCESS)_[A-Z_]+)\\b");
    for (const auto which : every_preset)
    {
        const auto guide = guide_of(which);
        CAPTURE(settings::name_of(which));
        for (std::sregex_iterator at(guide.begin(), guide.end(), error), end; at != end; ++at)
        {
            CAPTURE((*at)[1].str());
            CHECK(is_error((*at)[1].str()));
        }
        for (std::sregex_iterator at(guide.begin(), guide.end(), setting), end; at != end; ++at)
        {
            CAPTURE((*at)[1].str());
            CHECK(is_setting((*at)[1].str()));
        }
    }
}
