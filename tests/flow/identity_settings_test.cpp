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
        // Numbers are ids; what is none of a text or a 64-bit integer is passed over.
        {{{"IDENTITY_USER_CLAIM", "employee"}},
         R"({"employee":18446744073709551615})",
         R"({"user":"18446744073709551615"})"},
        {{{"IDENTITY_USER_CLAIM", "employee,badge,sub"}},
         R"({"employee":123456789012345678901,"badge":-7})",
         R"({"user":"-7"})"},
        {{{"IDENTITY_USER_CLAIM", "oid,upn,sub"}}, R"({"oid":"","upn":["taro"]})", R"({"user":"s-1"})"},
        {{{"IDENTITY_USERNAME_CLAIM", "a,b,c,d"}},
         R"({"a":"","b":null,"c":true,"d":"taro"})",
         R"({"username":"taro"})"},
        {{{"IDENTITY_LOWERCASE", "username,groups"}},
         R"({"preferred_username":"ÄRGER.Taro","groups":["ÉQUIPE-A"]})",
         R"({"username":"Ärger.taro","groups":["Équipe-a"]})"}, // ASCII only
        {{{"IDENTITY_USERNAME_RULES", "arcgis"}},
         R"({"email":"taro.yamada@acme.example"})",
         R"({"username":"taro.yamada"})"},
        {{{"IDENTITY_USERNAME_RULES", "arcgis"}, {"IDENTITY_USER_CLAIM", "oid"}},
         R"({"oid":"id_000001","preferred_username":"taro","email":"taro@acme.example"})",
         R"({"username":"id_000001"})"},
        {{{"IDENTITY_USERNAME_PATTERN", "^(\\w+)\\.(\\w+)@.*$"}, {"IDENTITY_USERNAME_REPLACEMENT", "\\2_\\1"}
         },
         R"({"preferred_username":"taro.yamada@acme.example"})",
         R"({"username":"yamada_taro"})"},
        {{{"IDENTITY_GROUPS_DELIMITER", ","}}, R"({"groups":["a,b","c"]})", R"({"groups":["a,b","c"]})"
        }, // an array is split nowhere
        {{{"IDENTITY_GROUP_PATHS", "strip_slash"}, {"IDENTITY_GROUPS_INCLUDE", "staff/*"}},
         R"({"groups":["/staff/tokyo","/staff","/hr/tokyo","/ "]})",
         R"({"groups":["staff/tokyo"]})"},
        {{{"IDENTITY_GROUP_PATHS", "keep"}, {"IDENTITY_GROUPS_EXCLUDE", "/staff/*"}},
         R"({"groups":["/staff/tokyo","/staffers"]})",
         R"({"groups":["/staffers"]})"},
        {{{"IDENTITY_GROUPS_INCLUDE", "Domain Admins,hr"}},
         R"({"groups":["Domain Admins","Domain","Admins","hr"]})",
         R"({"groups":["Domain Admins","hr"]})"},
        {{{"IDENTITY_GROUPS_CLAIM", "a.b.c.d[].e.f"}},
         R"({"a":{"b":{"c":{"d":[{"e":{"f":"deep"}},{"e.f":7}]}}}})",
         R"({"groups":["deep","7"]})"},
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
        {{{"IDENTITY_USER_CLAIM", "oid"}}, R"({"oid":""})", "oidc_missing_user_claim"},
        {{{"IDENTITY_USER_CLAIM", "oid"}}, R"({"oid":1e3})", "oidc_missing_user_claim"},
        {{{"IDENTITY_USER_CLAIM", "oid"}}, R"({"oid":"\u3000"})", "oidc_identity_unusable"},
        {{{"IDENTITY_USER_CLAIM", "oid"}}, R"({"oid":"a\u0000b"})", "oidc_identity_unusable"},
        {{}, R"({"email":"taro@acme.example","email_verified":1})", "oidc_email_unverified"},
        {{}, R"({"email":"taro@acme.example","email_verified":["true"]})", "oidc_email_unverified"},
        {{}, R"({"email":"taro@acme.example\r\nX-Admin: 1"})", "oidc_identity_unusable"},
        {{}, R"({"groups":["a\r\nX-Admin: 1"]})", "oidc_identity_unusable"},
        {{}, R"({"groups":["a",7]})", "oidc_identity_unusable"},
        {{}, R"({"groups":true})", "oidc_identity_unusable"},
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
