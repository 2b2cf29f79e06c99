// SPDX-License-Identifier: Apache-2.0
#include "app/check/preset.hpp"
#include "settings/load.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <filesystem>
#include <string>

using namespace sekisho;
using namespace sekisho::app;

namespace
{

std::string said_of(const settings::environment& variables)
{
    auto all = variables;
    all["UPSTREAM_URL"] = "http://127.0.0.1:3000";
    const auto settings = settings::load({.file = {}, .variables = all, .overrides = {}, .read_secret = {}});
    REQUIRE(settings.presets.size() == 1);
    const auto found = preset_finding(settings.presets.front());
    CHECK(found.code == check_code::provider_preset);
    return found.found;
}

} // namespace

TEST_CASE("a preset's finding is what it sets, and where the reasons stand", "[app]")
{
    const auto [variables, expected] = GENERATE(table<settings::environment, std::string>({
        {{{"OIDC_ISSUER", "https://accounts.google.com"}, {"OIDC_CLIENT_ID", "app"}, {"OIDC_SCOPES", "openid"}
         },
         "default is google, by its issuer; it sets in oidc: sign_out = none, "},
        {{{"PROVIDERS_WORK_ISSUER", "https://dex.example.com/dex"},
          {"PROVIDERS_WORK_PRESET", "dex"},
          {"PROVIDERS_WORK_CLIENT_ID", "app"}},
         "work is dex, as the settings say; it sets in providers.work: "},
    }));
    const auto said = said_of(variables);
    CHECK(said.starts_with(expected));
    CHECK(std::filesystem::exists(
        SEKISHO_SOURCE_DIR "/" + said.substr(said.find("; why: ") + std::string("; why: ").size())
    ));
}

TEST_CASE("the findings of GitHub and Entra stay short", "[app]")
{
    const auto [issuer, most] = GENERATE(table<std::string, std::size_t>({
        {"https://github.com", 520},
        {"https://login.microsoftonline.com/11111111-aaaa-4bbb-8ccc-222222222222/v2.0", 320},
    }));
    const auto said =
        said_of({{"OIDC_ISSUER", issuer}, {"OIDC_CLIENT_ID", "app"}, {"OIDC_CLIENT_SECRET", "s"}});
    CAPTURE(said);
    CHECK(said.size() <= most);
    for (const auto& each : settings::preset_table())
        CHECK_FALSE(test::has(said, each.why));
}

TEST_CASE("a profile's finding is what it turned on, and where the reasons stand", "[app]")
{
    const auto settings = settings::load({
        .file = {},
        .variables =
            {{"PROVIDERS_BANK_ISSUER", "https://bank.example.com"},
             {"PROVIDERS_BANK_CLIENT_ID", "app"},
             {"PROVIDERS_BANK_PROFILE", "fapi2_security"},
             {"PROVIDERS_BANK_CLIENT_CERTIFICATE", "/c"},
             {"PROVIDERS_BANK_CLIENT_KEY", "/k"},
             {"UPSTREAM_URL", "http://127.0.0.1:3000"}},
        .overrides = {},
        .read_secret = {},
    });
    REQUIRE(settings.profiles.size() == 1);
    const auto found = profile_finding(settings.profiles.front());
    CHECK(found.code == check_code::provider_profile);
    CHECK(found.provider == "bank");
    CHECK(
        found.found ==
        "bank keeps fapi2_security; it sets in providers.bank: pushed_authorization = always, "
        "assertion_audience = issuer, signing_algorithms = PS256, ES256, EdDSA; why: docs/fapi.md"
    );
    CHECK(std::filesystem::exists(SEKISHO_SOURCE_DIR "/docs/fapi.md"));
}
