// SPDX-License-Identifier: Apache-2.0
#include "app/command/register_settings.hpp"
#include "support/catch.hpp"
#include "support/temporary_directory.hpp"

#include <filesystem>
#include <utility>
#include <vector>

namespace sekisho::app
{
namespace
{

using Catch::Matchers::Contains;

settings_request with(std::vector<std::pair<std::string, std::string>> overrides)
{
    settings_request made;
    made.overrides.push_back({"server.public_url", "https://app.example.com"});
    for (auto& [path, value] : overrides)
        made.overrides.push_back({std::move(path), std::move(value)});
    return made;
}

} // namespace

TEST_CASE("a client that is not registered yet needs no id, secret or application", "[app]")
{
    const auto [what, overrides] =
        GENERATE(table<std::string, std::vector<std::pair<std::string, std::string>>>({
            {"nothing", {}},
            {"files that are yet to be written",
             {{"oidc.client_id_file", "/nowhere/client_id"},
              {"oidc.client_secret_file", "/nowhere/client_secret"}}},
            {"a flow that needs a secret", {{"oidc.auth_method", "code"}}},
            {"signatures that the secret checks", {{"oidc.signing_algorithms", "HS256"}}},
        }));
    CAPTURE(what);
    auto all = with(overrides);
    all.overrides.push_back({"oidc.issuer", "https://idp.example"});
    const auto loaded = load_to_register(all, "");
    CAPTURE(loaded ? "" : loaded.error());
    REQUIRE(loaded);
    CHECK(loaded->provider.oidc.issuer == "https://idp.example");
    CHECK(loaded->values.server.public_url);
}

TEST_CASE("a command that prints a secret is run once for a registration", "[app]")
{
    const test::temporary_directory here;
    const auto count = here.file("count");
    const auto script = here.write("token", "#!/bin/sh\necho x >> " + count + "\nwc -l < " + count + "\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    const auto loaded = load_to_register(
        with({{"oidc.issuer", "https://idp.example"}, {"oidc.registration_token_command", script}}), ""
    );
    CAPTURE(loaded ? "" : loaded.error());
    REQUIRE(loaded);
    CHECK(loaded->provider.oidc.registration_token.reveal() == "1");
}

TEST_CASE("what a registration is made of has to be right", "[app]")
{
    const auto [path, value] = GENERATE(table<std::string, std::string>({
        {"oidc.issuer", "http://idp.example"},
        {"oidc.auth_method", "magic"},
        {"server.public_url", "nowhere"},
        {"oidc.client_authentication", "private_key_jwt"},
    }));
    auto all = with({{"oidc.issuer", "https://idp.example"}, {path, value}});
    if (path == "server.public_url" || path == "oidc.issuer")
        std::erase_if(
            all.overrides, [&](const auto& each) { return each.path == path && each.value != value; }
        );
    const auto loaded = load_to_register(all, "");
    REQUIRE_FALSE(loaded);
    CHECK_THAT(loaded.error(), Contains(path));
}

TEST_CASE("of several providers one is named", "[app]")
{
    const auto all = with(
        {{"oidc.issuer", "https://one.example"},
         {"providers.two.issuer", "https://two.example"},
         {"providers.two.client_id", "c"},
         {"oidc.client_id", "c"}}
    );
    const auto nobody = load_to_register(all, "");
    REQUIRE_FALSE(nobody);
    CHECK_THAT(nobody.error(), Contains("--provider") && Contains("default, two"));
    REQUIRE(load_to_register(all, "two"));
    CHECK(load_to_register(all, "two")->provider.oidc.issuer == "https://two.example");
    CHECK_FALSE(load_to_register(all, "three"));
}

} // namespace sekisho::app
