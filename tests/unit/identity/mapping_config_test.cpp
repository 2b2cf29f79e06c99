// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping.hpp"
#include "identity/mapping_config.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace sekisho;
using identity::header_config;
using identity::mapping_config;
using chains = std::vector<std::vector<std::string>>;

TEST_CASE("a configuration's problems are all found, each with its value", "[identity]")
{
    mapping_config config;
    CHECK(identity::problems(config).empty());
    config.user = {};
    config.email = {"mails[].value"};
    config.groups = {"groups[0]"};
    config.extra = {{"X-Tenant", {""}}};
    config.lowercase = {"name"};
    config.username_pattern = "(";
    config.groups_include = {"a*b"};
    config.groups_exclude = {"/[/"};
    const auto found = identity::problems(config);
    CHECK(found.size() == 8);
    for (const auto* value : {"user id", "mails[].value", "groups[0]", "X-Tenant", "\"name\"", "a*b", "/[/"})
        CHECK(std::ranges::any_of(
            found, [&](const auto& each) { return each.find(value) != std::string::npos; }
        ));
    const auto made = identity::mapping::of(config);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::value_malformed);
    CHECK(made.error().detail.starts_with(found.front() + "; "));
}

TEST_CASE("a replacement needs a pattern, and the groups it names", "[identity]")
{
    mapping_config config;
    config.username_replacement = "x";
    CHECK(identity::problems(config).size() == 1);
    config.username_pattern = "a";
    CHECK(identity::problems(config).empty());
    config.username_replacement = "\\1";
    CHECK(identity::problems(config).size() == 1);
}

TEST_CASE("wanted are the claims that a person needs, as paths", "[identity]")
{
    mapping_config config;
    config.groups = {"access_token:groups", "groups[].name", "memberOf{cn}"};
    config.roles = {"access_token:roles"};
    config.extra = {{"X-A", {"a"}}};
    header_config headers;
    CHECK(
        identity::wanted_claims(config, headers) ==
        chains{{"sub"}, {"preferred_username"}, {"email"}, {"groups", "memberOf"}, {"a"}}
    );
    headers.name = "X-Name";
    headers.roles = "X-Roles";
    headers.picture = "X-Picture";
    CHECK(
        identity::wanted_claims(config, headers) ==
        chains{
            {"sub"}, {"preferred_username"}, {"email"}, {"groups", "memberOf"}, {"name"}, {"picture"}, {"a"}
        }
    );
}

TEST_CASE("whether the access token is looked into is known of every chain", "[identity]")
{
    CHECK_FALSE(identity::reads_access_token({}, {}));
    const auto member = GENERATE(
        &mapping_config::user,
        &mapping_config::username,
        &mapping_config::email,
        &mapping_config::name,
        &mapping_config::groups,
        &mapping_config::roles,
        &mapping_config::picture
    );
    mapping_config config;
    (config.*member).push_back("access_token:x");
    CHECK(identity::reads_access_token(config, {}));
    mapping_config extra;
    extra.extra = {{"X-A", {"access_token:a"}}};
    CHECK(identity::reads_access_token(extra, {}));
}

TEST_CASE(
    "an entry that need not find the access token readable has it read where a header wants it", "[identity]"
)
{
    const auto [member, header] =
        GENERATE(table<identity::claim_names mapping_config::*, std::string header_config::*>({
            {&mapping_config::user, nullptr},
            {&mapping_config::groups, nullptr},
            {&mapping_config::email, nullptr},
            {&mapping_config::name, &header_config::name},
            {&mapping_config::roles, &header_config::roles},
            {&mapping_config::picture, &header_config::picture},
        }));
    mapping_config config;
    header_config headers;
    (config.*member).push_back("access_token?:x");
    CHECK(identity::reads_access_token(config, headers) == (header == nullptr));
    if (header == nullptr)
        return;
    headers.*header = "X-A";
    CHECK(identity::reads_access_token(config, headers));
}
