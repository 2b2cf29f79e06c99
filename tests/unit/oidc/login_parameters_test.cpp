// SPDX-License-Identifier: Apache-2.0
#include "oidc/login_parameters.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("a link's parameter is a name or a name with its value, and never one of ours", "[oidc]")
{
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"login_hint", "ok"},
        {"prompt=create", "ok"},
        {"ui_locales=ja en", "ok"},
        {"", "value_malformed at login_parameters"},
        {"=x", "value_malformed at login_parameters"},
        {"a b", "value_malformed at login_parameters"},
        {"prompt=", "value_malformed at login_parameters"},
        {"state", "value_malformed at login_parameters"},
        {"redirect_uri=https://x", "value_malformed at login_parameters"},
        {"scope", "value_malformed at login_parameters"},
        {"request_uri", "value_malformed at login_parameters"},
        {"return_to", "value_malformed at login_parameters"},
        {"idp", "value_malformed at login_parameters"},
        {"email", "value_malformed at login_parameters"},
    }));
    CAPTURE(text);
    CHECK(test::outcome(parse_login_parameter(text)) == expected);
}

TEST_CASE("only what is listed passes, once, short and clean", "[oidc]")
{
    const std::vector<login_parameter> allowed{
        {"login_hint", {}}, {"prompt", "create"}, {"prompt", "login"}, {"nonce", {}}
    };
    const auto [name, value, passes] = GENERATE(table<std::string, std::string, bool>({
        {"login_hint", "a@b.example", true},
        {"login_hint", "\xe5\xb1\xb1", true},
        {"prompt", "create", true},
        {"prompt", "login", true},
        {"prompt", "none", false},
        {"prompt", "create login", false},
        {"Prompt", "create", false},
        {"login_hint", "", false},
        {"login_hint", "a\r\nb", false},
        {"login_hint", "\xff", false},
        {"login_hint", std::string(513, 'x'), false},
        {"nonce", "mine", false}, // however it got onto the list
        {"scope", "admin", false},
    }));
    CAPTURE(name, value);
    const parameters received{{name, value}};
    CHECK(allowed_parameters(allowed, received).size() == (passes ? 1U : 0U));
}

TEST_CASE("of a parameter that is sent twice the first passes", "[oidc]")
{
    const std::vector<login_parameter> allowed{{"login_hint", {}}};
    const parameters received{{"login_hint", "a"}, {"login_hint", "b"}};
    const auto kept = allowed_parameters(allowed, received);
    REQUIRE(kept.size() == 1);
    CHECK(kept.front().value == "a");
}
