// SPDX-License-Identifier: Apache-2.0
#include "directory/page.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::directory;

namespace
{

const url asked = url::parse("https://api.example/v1/groups?top=9").value();

} // namespace

TEST_CASE("an access token follows a next page on its own origin and nowhere else", "[directory]")
{
    const auto [named, is_followed] = GENERATE(table<std::string_view, bool>({
        {"https://api.example/v1/groups?skip=x", true},
        {"https://API.example:443/other", true},
        {"/v1/groups?page=2", true},
        {"//evil.example/x", false},
        {"https://evil.example/v1/groups", false},
        {"https://api.example.evil.example/", false},
        {"https://api.example@evil.example/", false},
        {"http://api.example/v1/groups", false}, // the token in the clear
        {"https://api.example:8443/", false},
        {"https://169.254.169.254/latest/meta-data", false},
        {"javascript:alert(1)", false},
        {"groups?page=2", false},
        {"", false},
    }));
    CAPTURE(named);
    const auto next = next_address(named, asked, "test");
    // "//evil.example/x" stays a path of the origin that was asked.
    if (named.starts_with("//"))
    {
        REQUIRE(next);
        CHECK(same_origin(*next, asked));
        return;
    }
    CHECK(next.has_value() == is_followed);
    if (!next)
        CHECK(next.error().code == errc::oidc_directory_failure);
}

TEST_CASE("a Link field leads to the next page, and one that cannot be read is no last page", "[directory]")
{
    const auto with_link = [](std::string value)
    { return linked_page(test::good("[]", {{"Link", std::move(value)}}), asked, "test"); };
    CHECK_FALSE(linked_page(test::good("[]"), asked, "test").value());
    CHECK(with_link("<https://api.example/2>; rel=\"next\"").value()->text() == "https://api.example/2");
    CHECK_FALSE(with_link("<https://evil.example/1>; rel=\"last\"").value());
    CHECK_FALSE(with_link("<https://evil.example/2>; rel=\"next\""));
    CHECK_FALSE(with_link("https://api.example/2"));
}

TEST_CASE("a list with one entry that is not understood is refused whole", "[directory]")
{
    const auto texts = [](std::string_view list)
    { return values_of_entries(parse_json(list).value(), text_of_entry("id"), "test"); };
    CHECK(texts(R"([{"id":"a"},{"id":"b","x":1}])").value() == std::vector<std::string>{"a", "b"});
    CHECK(texts("[]").value().empty());
    const auto list = GENERATE(
        R"([{"id":"a"},{"id":7}])",
        R"([{"id":"a"},{"id":null}])",
        R"([{"id":"a"},{}])",
        R"([{"id":"a"},"b"])",
        R"([{"id":""}])",
        R"({"id":"a"})",
        "null",
        "7"
    );
    CAPTURE(list);
    const auto got = texts(list);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_directory_failure);
    CHECK_FALSE(texts(R"([{"id":")" + std::string(1025, 'x') + "\"}]"));
}

TEST_CASE("an address below a base has one slash between, and the base's own query is gone", "[directory]")
{
    const auto [base, made] = GENERATE(table<std::string_view, std::string_view>({
        {"https://api.github.com", "https://api.github.com/user"},
        {"https://ghe.example/api/v3/", "https://ghe.example/api/v3/user"},
        {"http://127.0.0.1:8080/?x=1", "http://127.0.0.1:8080/user"},
    }));
    CHECK(address_below(url::parse(base).value(), "/user", "test")->text() == made);
}
