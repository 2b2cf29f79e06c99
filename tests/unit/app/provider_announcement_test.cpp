// SPDX-License-Identifier: Apache-2.0
#include "app/provider_announcement.hpp"
#include "base/log.hpp"
#include "settings/load.hpp"
#include "support/captured_output.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;

namespace
{

std::string announced(settings::environment variables)
{
    variables["OIDC_CLIENT_ID"] = "app";
    variables["UPSTREAM_URL"] = "http://127.0.0.1:3000";
    const auto from =
        settings::load({.file = {}, .variables = std::move(variables), .overrides = {}, .read_secret = {}});
    test::captured_output output;
    log::configure(log::level::info, log::format::text);
    app::announce_providers(from);
    log::configure(log::level::off, log::format::text);
    return output.take();
}

} // namespace

TEST_CASE("the start says which preset a provider has, and what that changes", "[app]")
{
    const auto said = announced({{"OIDC_ISSUER", "https://accounts.google.com"}, {"OIDC_PROMPT", "login"}});
    CHECK(test::has(said, "provider.configured"));
    CHECK(test::has(said, "preset=google"));
    CHECK(test::has(said, "detected=true"));
    CHECK(test::has(said, "oidc.sign_out = none"));
    CHECK_FALSE(test::has(said, "oidc.prompt")); // what somebody set is no change of the preset's
}

TEST_CASE("the start says that nothing was found, and nothing is changed", "[app]")
{
    const auto unknown = announced({{"OIDC_ISSUER", "https://id.acme.example"}});
    CHECK(test::has(unknown, "preset=generic"));
    CHECK_FALSE(test::has(unknown, "changes"));
    const auto named = announced({{"OIDC_ISSUER", "https://id.acme.example"}, {"OIDC_PRESET", "ping"}});
    CHECK(test::has(named, "preset=ping"));
    CHECK(test::has(named, "detected=false"));
    CHECK(test::has(named, "oidc.sign_out_hint = while_valid"));
}
