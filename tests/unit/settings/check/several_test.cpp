// SPDX-License-Identifier: Apache-2.0
#include "support/catch.hpp"
#include "unit/settings/support.hpp"

#include <algorithm>

using namespace sekisho;
using namespace sekisho::settings;
using settings::test::load_with;

namespace
{

const environment two{
    {"PROVIDERS_OKTA_ISSUER", "https://example.okta.com"},
    {"PROVIDERS_OKTA_CLIENT_ID", "gate"},
};

// What is warned about identity.extra_headers; empty: nothing.
std::string said_with(const environment& more, environment all = two)
{
    for (const auto& [name, value] : more)
        all[name] = value;
    const auto settings = load_with(all);
    CHECK(settings::test::texts_of(settings.found.problems).empty());
    const auto found =
        std::ranges::find(settings.found.warnings, "identity.extra_headers", &finding::setting);
    return found == settings.found.warnings.end() ? "" : found->message;
}

} // namespace

TEST_CASE("people of two providers who may have the same id are warned about", "[settings]")
{
    // OpenID Connect Core, 5.7
    const auto [what, more, is_said] = GENERATE(table<std::string, environment, bool>({
        {"sub of both", {}, true},
        {"another claim", {{"IDENTITY_USER_CLAIM", "preferred_username"}}, true},
        {"the address, which one of them does not own", {{"IDENTITY_USER_CLAIM", "email"}}, true},
        {"a header that tells something else", {{"IDENTITY_EXTRA_HEADERS", "X-Tenant: tid"}}, true},
        {"one of them has domains, the id is no address",
         {{"PROVIDERS_OKTA_EMAIL_DOMAINS", "example.com"}, {"OIDC_EMAIL_DOMAINS", "example.org"}},
         true},
        {"the issuer is told", {{"IDENTITY_EXTRA_HEADERS", "X-Issuer: iss"}}, false},
        {"as a pointer", {{"IDENTITY_EXTRA_HEADERS", "X-A: a, X-Issuer: /iss"}}, false},
        {"addresses of domains that each owns",
         {{"IDENTITY_USER_CLAIM", "email"},
          {"PROVIDERS_OKTA_EMAIL_DOMAINS", "example.com"},
          {"OIDC_EMAIL_DOMAINS", "example.org"}},
         false},
        {"two clients at one issuer",
         {{"PROVIDERS_OKTA_ISSUER", "https://login.example.com"}, {"OIDC_LABEL", "another"}},
         false},
    }));
    CAPTURE(what);
    CHECK(said_with(more).empty() != is_said);
}

TEST_CASE("the warning names each provider's claim and what to add", "[settings]")
{
    CHECK(
        said_with({{"PROVIDERS_OKTA_USER_CLAIM", "uid sub"}}) ==
        "two providers may have the same user id for two people (default: sub, okta: uid sub), and no header "
        "tells the application which provider it was: add \"X-Issuer: iss\" and take both together for the "
        "key of a person"
    );
}

TEST_CASE("one provider is not warned about", "[settings]") { CHECK(said_with({}, {}).empty()); }
