// SPDX-License-Identifier: Apache-2.0
#include "oidc/claims.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::oidc;
using texts = std::vector<std::string>;

namespace
{

claims some_claims()
{
    return claims::parse(
               R"({
        "sub": "alice", "email": "", "number": 7, "yes": true, "null": null, "verified": "true",
        "groups": ["staff", "", 7, null, "admins"],
        "realm_access": {"roles": ["a", "b"], "n": null},
        "a.b": {"c": "dotted", "c.d": "both dotted"}, "a": {"b": {"c": "nested"}, "x": "y"},
        "https://example.com/groups": ["g"], "https://example.com/app": {"roles": ["r"]},
        "/slash": "verbatim", "with/slash": "s", "with~tilde": "t"
    })",
               "test"
    )
        .value();
}

} // namespace

TEST_CASE("a claim is found by name, by dots and by JSON pointer", "[oidc]")
{
    const auto [path, expected] = GENERATE(table<std::string, texts>({
        {"sub", {"alice"}},
        {"groups", {"staff", "admins"}},
        {"realm_access.roles", {"a", "b"}},
        {"/realm_access/roles", {"a", "b"}},
        {"/realm_access/roles/1", {"b"}},
        {"/realm_access/roles/2", {}},
        {"/realm_access/roles/-", {}},
        {"/realm_access/roles/01x", {}},
        {"https://example.com/groups", {"g"}},
        {"https://example.com/app.roles", {"r"}},
        {"a.b.c", {"dotted"}}, // the longest first name wins
        {"a.b.c.d", {"both dotted"}},
        {"/a/b/c", {"nested"}},
        {"a.x", {"y"}},
        {"/slash", {"verbatim"}}, // a claim of that very name wins
        {"/with~1slash", {"s"}},
        {"/with~0tilde", {"t"}},
        {"missing", {}},
        {"sub.x", {}},
        {"realm_access", {}},
        {"realm_access.", {}},
        {".sub", {}},
        {"/", {}},
        {"", {}},
    }));
    CAPTURE(path);
    CHECK(some_claims().texts(path) == expected);
}

TEST_CASE("CVE-2026-41571, CVE-2026-55075: only a text is a text and only true is true", "[oidc]")
{
    const auto all = some_claims();
    CHECK(all.text("sub") == "alice");
    for (const auto* const name :
         {"email", "number", "yes", "null", "groups", "realm_access", "realm_access.n"})
    {
        CAPTURE(name);
        CHECK(all.text(name) == std::nullopt);
    }
    CHECK(all.find("null") == nullptr);
    CHECK(all.flag("yes") == true);
    CHECK(all.flag("verified") == std::nullopt);
    CHECK(all.flag("number") == std::nullopt);
    CHECK(all.number("number") == 7);
    CHECK(all.number("sub") == std::nullopt);
}

TEST_CASE("claims are one JSON object or nothing", "[oidc]")
{
    const auto text = GENERATE(
        as<std::string>(), "[]", "[{\"sub\":\"a\"}]", "null", "7", "\"{}\"", "", "{\"a\":1,\"a\":2}"
    );
    CHECK(test::outcome(claims::parse(text, "here")) == "value_malformed at here");
}

TEST_CASE("missing claims are added and present ones stay", "[oidc]")
{
    const auto left = claims::parse(R"({"sub":"a","groups":null,"name":"left"})", "left").value();
    const auto right =
        claims::parse(R"({"sub":"b","email":"e","name":"right","groups":["g"]})", "right").value();
    const auto both = left.with_missing_from(right);
    CHECK(both.to_text() == R"({"email":"e","groups":null,"name":"left","sub":"a"})"); // null: none any more
    CHECK(left.to_text() == R"({"groups":null,"name":"left","sub":"a"})");
}

TEST_CASE("Core 5.1: email_verified goes with the address that it is said of", "[oidc]")
{
    const auto [left, right, verified] = GENERATE(table<std::string, std::string, std::string>({
        {R"({"email":"a@x"})", R"({"email":"a@x","email_verified":true})", "true"},
        {R"({"email":"a@x"})", R"({"email":"A@X","email_verified":true})", "true"},
        {R"({"email":"a@x"})", R"({"email":"b@x","email_verified":true})", "none"},
        {R"({"email":"a@x"})", R"({"email":"b@x","email_verified":"true"})", "none"}, // Amazon Cognito
        {R"({"email":"a@x"})", R"({"email_verified":true})", "none"},
        {R"({"email":"a@x"})", R"({"email":"b@x","email_verified":false})", "false"}, // may warn
        {R"({"email":"a@x","email_verified":true})", R"({"email":"b@x","email_verified":false})", "true"},
        {R"({"email":"a@x","email_verified":false})", R"({"email":"a@x","email_verified":true})", "false"},
        {R"({"email_verified":true})", R"({"email":"b@x"})", "none"},
        {R"({"email_verified":true})", R"({"email":"b@x","email_verified":false})", "false"},
        {R"({"email_verified":false})", R"({"email":"b@x"})", "false"},
        {R"({"email":"a@x","email_verified":null})", R"({"email":"a@x","email_verified":true})", "null"},
        {R"({})", R"({"email":"b@x","email_verified":true})", "true"},
        {R"({"email":"a@x","email_verified":null})", R"({})", "null"},
        {R"({"email":["a@x"]})", R"({"email":["a@x"],"email_verified":true})", "none"},
        {R"({"email_verified":true})", R"({})", "true"}, // of no address
    }));
    CAPTURE(left, right);
    const auto both =
        claims::parse(left, "left")->with_missing_from(claims::parse(right, "right").value()).object();
    CHECK((both.contains("email_verified") ? both["email_verified"].dump() : "none") == verified);
}

TEST_CASE("no claims have no subject", "[oidc]")
{
    CHECK(claims().subject().empty());
    CHECK(claims::parse(R"({"sub":7})", "x")->subject().empty());
    CHECK(claims().to_text() == "{}");
}
