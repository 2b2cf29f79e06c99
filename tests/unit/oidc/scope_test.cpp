// SPDX-License-Identifier: Apache-2.0
#include "oidc/scope.hpp"
#include "support/catch.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("granted scopes are words, whatever stands between them", "[oidc]")
{
    const auto [sent, how, words] = GENERATE(table<std::string, scope_form, std::string>({
        {"openid email", scope_form::standard, "openid email"},
        {"  openid   email ", scope_form::standard, "openid email"},
        {"a,b c", scope_form::standard, "a,b c"}, // RFC 6749, 3.3: a comma is a character as any other
        {"read:org,user:email", scope_form::foreign, "read:org user:email"},
        {"a, b,,c ", scope_form::foreign, "a b c"},
        {"", scope_form::standard, ""},
        {" , ", scope_form::foreign, ""},
    }));
    CAPTURE(sent);
    CHECK(scope_words(sent, how) == words);
}
