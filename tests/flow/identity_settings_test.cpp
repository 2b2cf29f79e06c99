// SPDX-License-Identifier: Apache-2.0
// What the settings of the section identity make of a provider's claims, from the environment to
// /oidc/session.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

settings::sources at_any(settings::environment changes)
{
    changes.insert({"OIDC_ISSUER", "https://id.acme.example"});
    return written("generic", changes);
}

struct told
{
    settings::environment settings;
    std::string claims;   // beside iss, aud, sub ("s-1") and the times
    std::string expected; // of /oidc/session, some members
};

} // namespace

TEST_CASE("every setting about a person does what it says", "[flow]")
{
    const auto row = GENERATE(values<told>({
        {{{"IDENTITY_GROUPS_INCLUDE", "team-*,admins"},
          {"IDENTITY_GROUPS_EXCLUDE", "/secret$/"},
          {"IDENTITY_GROUPS_PREFIX", "team-"}},
         R"({"groups":["team-a","team-secret","admins","other"]})",
         R"({"groups":["a","admins"]})"},
        {{{"IDENTITY_GROUPS_DELIMITER", ";"}}, R"({"groups":"a; b;;a"})", R"({"groups":["a","b"]})"},
        {{}, R"({"groups":"[\"a\",\"b\"]"})", R"({"groups":["a","b"]})"}, // JSON in a text
        {{{"IDENTITY_GROUP_PATHS", "last"}},
         R"({"groups":["/staff/tokyo","/hr"]})",
         R"({"groups":["tokyo","hr"]})"},
        {{{"IDENTITY_GROUPS_CLAIM", "teams[].info.name"}},
         R"({"teams":[{"info":{"name":"a"}},{"info":{"name":"b"}}]})",
         R"({"groups":["a","b"]})"},
        {{{"IDENTITY_GROUPS_CLAIM", "memberOf{cn}"}},
         R"({"memberOf":["CN=Staff\\, all,OU=g,DC=acme","cn=hr,DC=acme"]})",
         R"({"groups":["Staff, all","hr"]})"},
        {{{"IDENTITY_GROUPS_CLAIM", "https://acme.example/groups, /nested/0/of.it"}},
         R"({"nested":[{"of.it":["a"]}]})",
         R"({"groups":["a"]})"},
        {{{"IDENTITY_ROLES_CLAIM", "urn:zitadel:iam:org:project:roles{keys}"}},
         R"({"urn:zitadel:iam:org:project:roles":{"admin":{},"user":{}}})",
         R"({"roles":["admin","user"]})"},
        {{{"IDENTITY_USERNAME_PATTERN", "@acme\\.example$"}, {"IDENTITY_USERNAME_REPLACEMENT", "@corp"}},
         R"({"preferred_username":"taro@acme.example"})",
         R"({"username":"taro@corp"})"},
        {{{"IDENTITY_USERNAME_RULES", "arcgis"}},
         R"({"preferred_username":"taro","email":"taro.yamada@acme.example"})",
         R"({"username":"taro.yamada"})"},
        // sha256("https://id.acme.example", NUL, "s-1")
        {{{"IDENTITY_USERNAME_SUFFIX", "true"}, {"IDENTITY_USERNAME_RULES", "arcgis"}},
         R"({"preferred_username":"taro","email":"taro.yamada@acme.example"})",
         R"({"username":"taro_dnacf5rt","user":"s-1"})"},
        {{{"IDENTITY_LOWERCASE", "email,groups,user"}, {"IDENTITY_USER_CLAIM", "oid"}},
         R"({"oid":"ID","preferred_username":"Taro","email":"Taro@Acme.example","groups":["HR"]})",
         R"({"user":"id","username":"Taro","email":"taro@acme.example","groups":["hr"]})"},
        {{{"IDENTITY_EMAIL_CLAIM", "mail,emails.0,/emails/0"}, {"IDENTITY_NAME_CLAIM", "displayName"}},
         R"({"emails":["taro@acme.example"],"displayName":"山田太郎"})",
         R"({"email":"taro@acme.example","name":"山田太郎"})"},
        {{{"IDENTITY_EMAIL_VERIFIED", "ignore"}},
         R"({"email":"taro@acme.example","email_verified":false})",
         R"({"email":"taro@acme.example"})"},
        {{{"IDENTITY_PICTURE_CLAIM", "photo"}},
         R"({"photo":"https://id.acme.example/p.png"})",
         R"({"picture":"https://id.acme.example/p.png"})"},
    }));
    CAPTURE(row.claims);
    preset_house any(at_any(row.settings));
    any.peer().claims.update(json_value::parse(row.claims));
    const auto person = any.person();
    for (const auto& [name, value] : json_value::parse(row.expected).items())
        CHECK(person[name] == value);
}

TEST_CASE("a person whom the settings do not let in is refused with the reason", "[flow]")
{
    const auto row = GENERATE(values<told>({
        {{{"IDENTITY_REQUIRE_EMAIL", "true"}}, "{}", "oidc_missing_email_claim"},
        {{{"IDENTITY_EMAIL_VERIFIED", "require"}}, R"({"email":"taro@acme.example"})", "oidc_email_unverified"
        },
        {{}, R"({"email":"taro@acme.example","email_verified":false})", "oidc_email_unverified"},
        {{}, R"({"email":"taro@acme.example","email_verified":"true"})", "oidc_email_unverified"},
        {{{"IDENTITY_USER_CLAIM", "oid"}}, R"({"oid":null})", "oidc_missing_user_claim"},
        {{{"IDENTITY_USERNAME_RULES", "arcgis"}, {"IDENTITY_USER_CLAIM", "oid"}},
         R"({"oid":"a|b","preferred_username":"a b"})",
         "oidc_identity_unusable"},
        {{}, R"({"groups":["a",{"name":"b"}]})", "oidc_identity_unusable"},
        {{}, R"({"groups":"a","_claim_names":{"groups":"s"},"hasgroups":true})", ""}, // they are there
        {{}, R"({"hasgroups":true})", "oidc_identity_unusable"},
        {{{"IDENTITY_ROLES_CLAIM", "access_token:roles"}}, "{}", "oidc_identity_unusable"},
        {{{"IDENTITY_ROLES_CLAIM", "access_token?:roles"}}, "{}", ""},
    }));
    CAPTURE(row.claims);
    preset_house any(at_any(row.settings));
    any.peer().claims.update(json_value::parse(row.claims));
    const auto back = any.sign_in();
    CHECK(any.here.is_signed_in() == row.expected.empty());
    if (!row.expected.empty())
        CHECK(back.body.find(row.expected) != std::string::npos);
}

TEST_CASE("the provider's page is asked for in Japanese by who reads ours so", "[flow]")
{
    const auto [accepted, locales] = GENERATE(table<std::string, std::string>({
        {"ja,en;q=0.8", "ja"},
        {"en-GB,en;q=0.9,ja;q=0.5", ""}, // the provider knows as much as we do
        {"fr", ""},
        {"", ""},
    }));
    CAPTURE(accepted);
    preset_house any(at_any({}));
    client_request request;
    request.target = "/oidc/login";
    if (!accepted.empty())
        request.fields.emplace_back("Accept-Language", accepted);
    const auto gone = any.here.ask(std::move(request), errand::navigation);
    CHECK(parameter_of(gone.field("Location"), "ui_locales") == locales);
}
