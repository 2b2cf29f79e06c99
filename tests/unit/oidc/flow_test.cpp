// SPDX-License-Identifier: Apache-2.0
#include "oidc/flow.hpp"
#include "support/catch.hpp"

#include <string>
#include <tuple>

using namespace sekisho::oidc;

TEST_CASE("each flow asks for its response type and gets the parts that belong to it", "[oidc]")
{
    const auto [how, type, code, id_token, access_token, pkce] =
        GENERATE(table<flow, std::string, bool, bool, bool, bool>({
            {flow::pkce, "code", true, false, false, true},                  // Core 3.1.2.1, RFC 7636
            {flow::code, "code", true, false, false, false},                 // Core 3.1.2.1
            {flow::implicit, "id_token", false, true, false, false},         // Core 3.2.2.1
            {flow::code_id_token, "code id_token", true, true, false, true}, // Core 3.3.2.1
            {flow::code_token, "code token", true, false, true, true},
            {flow::code_id_token_token, "code id_token token", true, true, true, true},
            {flow::id_token_token, "id_token token", false, true, true, false}, // Core 3.2.2.1
        }));
    CAPTURE(type);
    CHECK(response_type(how) == type);
    CHECK(has_code(how) == code);
    CHECK(has_id_token(how) == id_token);
    CHECK(has_access_token(how) == access_token);
    CHECK(uses_pkce(how) == pkce);
    CHECK(is_always_posted(how) == (id_token || access_token)); // Multiple Response Types, 5
}

TEST_CASE("sealed sign-ins of the version before are read as the flow they were", "[oidc]")
{
    CHECK(std::tuple(flow::pkce, flow::code, flow::implicit) == std::tuple(flow{0}, flow{1}, flow{2}));
}
