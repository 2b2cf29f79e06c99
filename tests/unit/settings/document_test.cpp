// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>

namespace sekisho::settings
{

using Catch::Matchers::Contains;
using test::good_secret;
using test::load_with;

TEST_CASE("every setting stands in every document", "[settings]")
{
    const auto schema_document = nlohmann::json::parse(schema());
    for (const auto& row : table())
    {
        const std::string path(row.path);
        CAPTURE(path);
        CHECK_THAT(reference(), Contains("| `" + path + "` | `" + environment_name(path) + "`"));
        CHECK_THAT(help(), Contains("--" + path + "  " + environment_name(path)));
        CHECK_THAT(example(), Contains(std::string(row.name()) + (row.is_secret() ? "_file: " : ": ")));
        CHECK(schema_document["properties"][std::string(row.section())]["properties"].contains(
            std::string(row.name())
        ));
    }
}

TEST_CASE("the reference shows default, form, aliases and the file form of a secret", "[settings]")
{
    CHECK_THAT(
        reference(),
        Contains(
            "| `session.lifetime` | `SESSION_LIFETIME`<br>also `GORILLA_SESSION_LENGTH` | duration | `12h` |"
        )
    );
    CHECK_THAT(
        reference(),
        Contains("`OIDC_CLIENT_SECRET_FILE`<br>`OIDC_CLIENT_SECRET_COMMAND`<br>also `OIDC_SECRET`")
    );
    CHECK_THAT(
        reference(),
        Contains("| `pkce`, `code`, `implicit`, `code id_token`, `code token`, `code id_token token`, "
                 "`id_token token` | `pkce` |")
    );
}

TEST_CASE("the example file loads, and so does it with every line in it put to use", "[settings]")
{
    const auto plain = test::load_file(example());
    CHECK(test::texts_of(plain.found.problems) == std::vector<std::string>{});

    std::istringstream lines(example());
    std::string uncommented;
    for (std::string line; std::getline(lines, line);)
    {
        const bool is_setting =
            line.starts_with("  #") && !line.starts_with("  # ") && !line.contains("_file:");
        uncommented.append(is_setting ? "  " + line.substr(3) : line).append("\n");
    }
    const auto full = test::load_file(uncommented);
    for (const auto& problem : full.found.problems) // the values are examples; their form must be right
        CHECK_THAT(problem.message, !Contains("is not a"));
    CHECK(full.origin_of("oidc.signing_algorithms").from == source::file);
    CHECK(full.origin_of("log.access").from == source::file);
}

TEST_CASE("the schema refuses unknown names and knows the defaults", "[settings]")
{
    const auto document = nlohmann::json::parse(schema());
    CHECK(document["additionalProperties"] == false);
    const auto& server = document["properties"]["server"];
    CHECK(server["additionalProperties"] == false);
    CHECK(server["properties"]["max_head_fields"]["default"] == 100);
    CHECK(server["properties"]["max_head_fields"]["type"] == "integer");
    const auto& oidc = document["properties"]["oidc"]["properties"];
    CHECK(
        oidc["auth_method"]["enum"] ==
        nlohmann::json::parse(
            R"(["pkce", "code", "implicit", "code id_token", "code token", "code id_token token", "id_token token", "hybrid"])"
        )
    );
    CHECK(oidc["allow_http"]["default"] == false);
    CHECK(oidc["client_secret_file"]["type"] == "string");
    CHECK(oidc["client_secret_command"]["type"] == "string");
}

TEST_CASE("the values in effect name who set them and hide every secret", "[settings]")
{
    const auto settings = load_with({{"OIDC_CLIENT_SECRET", "hunter2"}});
    const auto text = effective(settings);
    CHECK_THAT(text, Contains("= https://login.example.com  # environment OIDC_ISSUER"));
    CHECK_THAT(text, Contains("= (set, not shown)  # environment OIDC_CLIENT_SECRET"));
    CHECK_THAT(text, Contains("= 12h  # default"));
    CHECK_THAT(text, !Contains("hunter2") && !Contains(good_secret));

    const auto document = nlohmann::json::parse(effective_json(settings));
    CHECK(document["oidc.issuer"]["value"] == "https://login.example.com");
    CHECK(document["oidc.issuer"]["origin"] == "environment OIDC_ISSUER");
    CHECK_THAT(document.dump(), !Contains("hunter2") && !Contains(good_secret));
}

} // namespace sekisho::settings
