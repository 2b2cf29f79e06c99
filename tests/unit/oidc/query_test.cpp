// SPDX-License-Identifier: Apache-2.0
#include "oidc/query.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("parameters are added to an endpoint with or without a query of its own", "[oidc]")
{
    const auto [endpoint, added, expected] = GENERATE(table<std::string, parameters, std::string>({
        {"https://a.example", {{"x", "1"}}, "https://a.example?x=1"},
        {"https://a.example/p", {{"x", "1 2"}}, "https://a.example/p?x=1%202"},
        {"https://a.example/p?", {{"x", "1"}}, "https://a.example/p?x=1"},
        {"https://a.example/p?k=v", {{"x", "1"}}, "https://a.example/p?k=v&x=1"},
        {"https://a.example/p?k=v&&k2", {{"x", "1"}}, "https://a.example/p?k=v&k2&x=1"},
        {"https://a.example/p?x=0&k=v&x", {{"x", "1"}}, "https://a.example/p?k=v&x=1"},
        {"https://a.example/p?%78=0", {{"x", "1"}}, "https://a.example/p?x=1"}, // the same name in disguise
        {"https://a.example/p?&", {{"x", "1"}}, "https://a.example/p?x=1"},
        {"https://a.example/p?x=0", {{"x", "1"}, {"x", "2"}}, "https://a.example/p?x=1&x=2"},
        {"https://a.example/p?k=v", {}, "https://a.example/p?k=v"},
        {"https://a.example/p", {{"a&b", "c=d"}}, "https://a.example/p?a%26b=c%3Dd"},
    }));
    CAPTURE(endpoint);
    CHECK(with_parameters(url::parse(endpoint).value(), added) == expected);
}
