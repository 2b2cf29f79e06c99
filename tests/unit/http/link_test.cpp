// SPDX-License-Identifier: Apache-2.0
#include "http/link.hpp"
#include "support/catch.hpp"

using namespace sekisho;

TEST_CASE("the target of a link is found by its relation", "[http]")
{
    const auto [value, target] = GENERATE(table<std::string_view, std::string_view>({
        {R"(<https://a.example/x?page=2>; rel="next")", "https://a.example/x?page=2"},
        {R"(<https://a.example/1>; rel="prev", <https://a.example/3>; rel="next")", "https://a.example/3"},
        {R"(</x;y,z>; rel=next)", "/x;y,z"},
        {R"(<a>; title="x, <b>; rel=\"next\""; rel="last", <c>;rel=next)", "c"}, // RFC 8288, 3: quoted
        {R"(<a>; rel="last NEXT")", "a"},                                        // 3.3: a list, without case
        {R"(<a>; rel="last"; rel="next", <b>; rel="next")", "b"},                // 3.3: the first rel counts
        {R"(,, <a> ; anchor ; rel = "next" ,)", "a"}, // RFC 9110, 5.6.1.2 and 5.6.3
        {R"(<a>; rel="next", <b>; rel="next")", "a"},
        {R"(<a>; rel="nextish")", "none"},
        {R"(<a>)", "none"},
        {"", "none"},
    }));
    CAPTURE(value);
    const auto found = http::linked(value, "next");
    REQUIRE(found);
    CHECK(found->value_or("none") == target);
}

TEST_CASE("what is no list of links is refused, also behind the link that was asked for", "[http]")
{
    const auto value = GENERATE(
        "https://a.example/2; rel=next",
        "<https://a.example/2",
        R"(<a>; rel="next)",
        R"(<a>; rel="next" <b>)",
        R"(<a>; ="next")",
        R"(<a>; rel="next", nonsense)",
        "<a>;"
    );
    CAPTURE(value);
    const auto found = http::linked(value, "next");
    REQUIRE_FALSE(found);
    CHECK(found.error().code == errc::value_malformed);
}
