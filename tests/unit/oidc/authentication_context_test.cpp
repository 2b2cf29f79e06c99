// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"
#include "oidc/authentication_context.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <vector>

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("a demanded acr must be what the token says, letter by letter", "[oidc]")
{
    const auto [acr, demanded, expected] = GENERATE(table<json, std::vector<std::string>, bool>({
        {"phr", {"phr"}, true},
        {"phr", {"mfa", "phr"}, true},
        {"phr", {"phrh"}, false},
        {"PHR", {"phr"}, false},
        {"phr mfa", {"phr"}, false},
        {"", {""}, false},
        {nullptr, {"phr"}, false},
        {2, {"2"}, false},
        {json::array({"phr"}), {"phr"}, false},
        {nullptr, {}, true},
        {"whatever", {}, true},
    }));
    CAPTURE(acr.dump());
    const auto known = claims::parse(json{{"sub", "a"}, {"acr", acr}}.dump(), "test").value();
    CHECK(satisfies(known, demanded) == expected);
}

TEST_CASE("a token without acr satisfies no demand, and a path does not answer for it", "[oidc]")
{
    const std::vector<std::string> demanded{"phr"};
    CHECK_FALSE(satisfies(claims::parse("{}", "test").value(), demanded));
    CHECK_FALSE(satisfies(claims::parse(R"({"x":{"acr":"phr"}})", "test").value(), demanded));
}
