// SPDX-License-Identifier: Apache-2.0
// Groups, roles and other lists, as providers write them.
#include "unit/identity/claims_in.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using identity::mapping_config;
using identity::path_groups;
using test::mapped;
using texts = std::vector<std::string>;

TEST_CASE("groups and roles are found where each provider has them", "[identity]")
{
    const auto [entry, members, values] = GENERATE(table<std::string, std::string, texts>({
        {"groups", R"("groups":["a","b"])", {"a", "b"}}, // Okta, Dex, Entra
        {"cognito:groups", R"("cognito:groups":["a"])", {"a"}},
        {"https://example.com/groups", R"("https://example.com/groups":["a"])", {"a"}}, // Auth0
        {"groups_direct", R"("groups_direct":["g/sub"])", {"g/sub"}},                   // GitLab
        {"realm_access.roles", R"("realm_access":{"roles":["r"]})", {"r"}},             // Keycloak
        {"/realm_access/roles", R"("realm_access":{"roles":["r"]})", {"r"}},
        {"resource_access.my.app.roles", R"("resource_access":{"my.app":{"roles":["r"]}})", {"r"}},
        {"/resource_access/my.app/roles", R"("resource_access":{"my.app":{"roles":["r"]}})", {"r"}},
        {"/resource_access/https:~1~1x.example/roles",
         R"("resource_access":{"https://x.example":{"roles":["r"]}})",
         {"r"}},
        {"groups[].name", R"("groups":[{"id":1,"name":"a"},{"id":2,"name":"b"}])", {"a", "b"}},
        {"groups[].id", R"("groups":[{"id":1},{"id":2}])", {"1", "2"}},
        {"groups[].info.title", R"("groups":[{"info":{"title":"a"}}])", {"a"}},
        {"memberOf", R"("memberOf":["CN=a,OU=x"])", {"CN=a,OU=x"}},
        {"memberOf{cn}", R"("memberOf":["CN=a,OU=x","CN=a,OU=y","CN=b"])", {"a", "b"}}, // Ping
        {"memberOf{cn}", R"("memberOf":"CN=a,OU=x")", {"a"}},
        {"roles{keys}", R"("roles":{"admin":{"1":"x"},"user":{}})", {"admin", "user"}}, // Zitadel
        {"groups", R"("groups":"[\"a\",\"b\"]")", {"a", "b"}},                          // JSON in a text
        {"groups[].name", R"("groups":"[{\"name\":\"a\"}]")", {"a"}},
        {"groups", R"("groups":"[a, b]")", {"[a, b]"}}, // no JSON
        {"groups", R"("groups":["a"," ","\u3000","a"])", {"a"}},
    }));
    CAPTURE(entry, members);
    mapping_config config;
    config.groups = {entry};
    config.roles = {entry};
    const auto got = mapped(members, config);
    REQUIRE(got);
    CHECK(got->who.groups == values);
    CHECK(got->who.roles == values);
}

TEST_CASE("a list that is not quite what the entry says is refused whole, and named", "[identity]")
{
    const auto [entry, members] = GENERATE(table<std::string, std::string>({
        {"groups", R"("groups":[{"name":"a"}])"},
        {"groups", R"("groups":"[{\"name\":\"a\"}]")"},
        {"groups[].name", R"("groups":[{"name":"a"},{"id":1}])"},
        {"groups[].name", R"("groups":[{"name":"a"},"b"])"},
        {"groups[].name", R"("groups":[{"name":true}])"},
        {"groups[].name", R"("groups":[{"name":""}])"},
        {"groups[].name", R"("groups":{"name":"a"})"},
        {"groups[].name", R"("groups":"a")"},
        {"groups[].name", R"("groups":[{"name":"a\nb"}])"},
        {"groups{cn}", R"("groups":["CN=a","staff"])"},
        {"groups{cn}", R"("groups":["CN=\\0a"])"},
        {"groups{keys}", R"("groups":["a"])"},
        {"groups{keys}", R"("groups":{"a\n":1})"},
    }));
    CAPTURE(entry, members);
    for (const bool is_roles : {false, true})
    {
        mapping_config config;
        config.groups = is_roles ? texts() : texts{entry};
        config.roles = is_roles ? texts{entry} : texts();
        const auto got = mapped(members, config);
        REQUIRE_FALSE(got);
        CHECK(got.error().code == errc::oidc_identity_unusable);
        CHECK(got.error().detail.starts_with("claim " + entry + " "));
    }
}

TEST_CASE("objects for groups are refused with the way to write it", "[identity]")
{
    CHECK(mapped(R"("groups":[{"name":"a"}])").error().detail.find("groups[].name") != std::string::npos);
}

TEST_CASE("a delimited text is split, and the spaces around its pieces go", "[identity]")
{
    mapping_config config;
    config.group_delimiter = ",";
    CHECK(mapped(R"("groups":"a, b ,,c")", config)->who.groups == texts{"a", "b", "c"});
    CHECK(mapped(R"("groups":["a, b"])", config)->who.groups == texts{"a, b"});
    config.group_delimiter = " ";
    CHECK(mapped(R"("groups":"a  b")", config)->who.groups == texts{"a", "b"});
    config.group_delimiter = "::";
    CHECK(mapped(R"("groups":"a::b:c")", config)->who.groups == texts{"a", "b:c"});
}

TEST_CASE("groups go through path, lower case, include, exclude and prefix in this order", "[identity]")
{
    const std::string members = R"("groups":["/Team-A","/Team-B/Sub","/team-secret","/other","/TEAM-"])";
    mapping_config config;
    CHECK(mapped(members, config)->who.groups.size() == 5);
    config.group_paths = path_groups::strip_slash;
    config.lowercase = {"groups"};
    CHECK(
        mapped(members, config)->who.groups == texts{"team-a", "team-b/sub", "team-secret", "other", "team-"}
    );
    config.groups_include = {"team-*"};
    CHECK(mapped(members, config)->who.groups == texts{"team-a", "team-b/sub", "team-secret", "team-"});
    config.groups_exclude = {"/secret$/"};
    CHECK(mapped(members, config)->who.groups == texts{"team-a", "team-b/sub", "team-"});
    config.group_prefix = "team-";
    CHECK(mapped(members, config)->who.groups == texts{"a", "b/sub", "team-"}); // never an empty one
    config.groups_exclude = {"team-*"};
    CHECK(mapped(members, config)->who.groups.empty()); // exclude wins
}

TEST_CASE("a group that is nothing but spaces without its path or prefix is none", "[identity]")
{
    mapping_config config;
    config.group_paths = path_groups::strip_slash;
    config.group_prefix = "team-";
    CHECK(mapped(R"("groups":["/ ","team- ","/staff"])", config)->who.groups == texts{"staff"});
}

TEST_CASE("groups that become the same are one", "[identity]")
{
    mapping_config config;
    config.group_paths = path_groups::last;
    config.lowercase = {"groups", "roles"};
    const auto who = mapped(R"("groups":["/a/Staff","/b/staff"],"roles":["R","r"])", config)->who;
    CHECK(who.groups == texts{"staff"});
    CHECK(who.roles == texts{"r"});
}

TEST_CASE(
    "more groups than a session carries are refused with their number, filters count first", "[identity]"
)
{
    std::string members = R"("groups":["keep")";
    for (int index = 0; index < 1000; ++index)
        members += ",\"g" + std::to_string(index) + "\"";
    members += "]";
    const auto refused = mapped(members);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::oidc_identity_unusable);
    CHECK(refused.error().detail.find("1001") != std::string::npos);
    mapping_config config;
    config.groups_include = {"keep"};
    CHECK(mapped(members, config)->who.groups == texts{"keep"});
    config.groups_include.clear();
    config.groups_exclude = {"keep"};
    CHECK(mapped(members, config)->who.groups.size() == 1000);
}

TEST_CASE("lists of too many bytes are refused, whichever list", "[identity]")
{
    const auto claim = GENERATE("groups", "roles", "department");
    mapping_config config;
    config.extra = {{"X-Department", {"department"}}};
    const auto with = [&](int count)
    {
        std::string members = std::string("\"") + claim + "\":[\"x\"";
        for (int index = 0; index < count; ++index)
            members += ",\"" + std::to_string(1000 + index) + std::string(996, 'x') + "\"";
        return mapped(members + "]", config);
    };
    CHECK(with(49));
    REQUIRE_FALSE(with(50));
    CHECK(with(50).error().code == errc::oidc_identity_unusable);
    CHECK_FALSE(mapped(std::string("\"") + claim + "\":[\"" + std::string(1025, 'x') + "\"]", config));
}

TEST_CASE("groups kept somewhere else are not replaced by what a later claim says", "[identity]")
{
    mapping_config config;
    config.groups = {"groups", "roles"};
    CHECK_FALSE(mapped(R"("_claim_names":{"groups":"src1"},"roles":["r"])", config));
    CHECK_FALSE(mapped(R"("hasgroups":true,"roles":["r"])", config));
    CHECK_FALSE(mapped(R"("hasgroups":"true","roles":["r"])", config));
    CHECK(mapped(R"("_claim_names":{"groups":"src1"},"groups":["a"])", config)->who.groups == texts{"a"});
    CHECK(mapped(R"("_claim_names":{"other":"src1"},"hasgroups":false,"roles":["r"])", config));
    CHECK_FALSE(mapped(R"("hasgroups":true,"groups":[])", config)); // a list of none is no list of all
    CHECK_FALSE(mapped(R"("hasgroups":true,"groups":"")", config));
    config.groups = {"/groups"};
    CHECK_FALSE(mapped(R"("_claim_names":{"groups":"src1"})", config));
    config.groups = {"teams"};
    CHECK_FALSE(mapped(R"("_claim_names":{"roles":"src1"})", config)); // the roles' chain
}
