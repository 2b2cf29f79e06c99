// SPDX-License-Identifier: Apache-2.0
#include "identity/claim_path.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using identity::claim_path;
using identity::claim_source;
using identity::element_form;

TEST_CASE("an entry says where to look and what to take", "[identity]")
{
    const auto [text, source, path, member, form] =
        GENERATE(table<std::string, claim_source, std::string, std::string, element_form>({
            {"groups", claim_source::claims, "groups", "", element_form::whole},
            {"cognito:groups", claim_source::claims, "cognito:groups", "", element_form::whole},
            {"https://example.com/groups",
             claim_source::claims,
             "https://example.com/groups",
             "",
             element_form::whole},
            {"/realm_access/roles", claim_source::claims, "/realm_access/roles", "", element_form::whole},
            {"groups[].name", claim_source::claims, "groups", "name", element_form::whole},
            {"a.b[].c.d", claim_source::claims, "a.b", "c.d", element_form::whole},
            {"memberOf{cn}", claim_source::claims, "memberOf", "", element_form::common_name},
            {"groups[].dn{cn}", claim_source::claims, "groups", "dn", element_form::common_name},
            {"urn:zitadel:iam:org:project:roles{keys}",
             claim_source::claims,
             "urn:zitadel:iam:org:project:roles",
             "",
             element_form::keys},
            {"access_token:realm_access.roles",
             claim_source::access_token,
             "realm_access.roles",
             "",
             element_form::whole},
        }));
    CAPTURE(text);
    const auto made = claim_path::parse(text);
    REQUIRE(made);
    CHECK(made->written == text);
    CHECK(made->source == source);
    CHECK(made->path == path);
    CHECK(made->member == member);
    CHECK(made->form == form);
}

TEST_CASE("a question mark passes over an access token that cannot be read", "[identity]")
{
    using identity::unreadable_token;
    const auto made = claim_path::parse("access_token?:/resource_access/my~1app/roles");
    REQUIRE(made);
    CHECK(made->source == claim_source::access_token);
    CHECK(made->when_unreadable == unreadable_token::is_passed_over);
    CHECK(made->path == "/resource_access/my~1app/roles");
    CHECK(claim_path::parse("access_token:roles")->when_unreadable == unreadable_token::is_refused);
    CHECK_FALSE(claim_path::parse("access_token?:"));
}

TEST_CASE("an entry that means nothing is refused, and named", "[identity]")
{
    const std::string text = GENERATE(
        "",
        "access_token:",
        "{cn}",
        "[].name",
        "groups[].",
        "groups[]",
        "groups[0]",
        "groups{dn}",
        "a[].b[].c",
        "groups[].name{keys}"
    );
    CAPTURE(text);
    const auto made = claim_path::parse(text);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errc::value_malformed);
    CHECK(made.error().detail.starts_with("\"" + text + "\" "));
}
