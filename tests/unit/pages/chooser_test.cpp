// SPDX-License-Identifier: Apache-2.0
#include "pages/chooser.hpp"
#include "pages/logo.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace sekisho;
using namespace sekisho::pages;
using test::has;

namespace
{

constexpr setting usual{.in = language::en, .site = "app.example.com", .request_id = "01J9ZK3T"};

const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' "
                        "r='4' fill='#3a7'/></svg>";

std::string policy_of(const http::response& page)
{
    for (const auto& [name, value] : page.fields)
        if (name == "Content-Security-Policy")
            return value;
    return {};
}

chooser two_ways()
{
    chooser what;
    what.ways = {{"Corp", {}, "/oidc/login?idp=corp"}, {"Guests", {}, "/oidc/login?idp=guests"}};
    return what;
}

chooser many_ways(std::size_t count, language in)
{
    chooser what;
    const auto logo = logo_address(svg).value();
    for (std::size_t index = 0; index < count; ++index)
    {
        auto label = "Provider " + std::to_string(index + 1);
        if (index == 2)
            label =
                in == language::ja
                    ? "独立行政法人国際共同研究推進機構統合認証基盤（教職員・学生・共同研究者用サインイン）"
                    : "The Very Long Name of an Organization That Nobody Shortened, Department of Identity";
        what.ways.push_back({label, index % 3 == 0 ? logo : std::string(), "/oidc/login?idp=p"});
    }
    what.first = first_way::of_last_time;
    what.address_action = "/oidc/login";
    what.hidden_fields = {{"return_to", "/reports"}};
    what.form_targets = "https:";
    return what;
}

} // namespace

TEST_CASE("ways are links in their order, and nothing but them without an address", "[pages]")
{
    const auto page = chooser_page(usual, two_ways());
    CHECK(page.status == 200);
    CHECK(page.body.find("idp=corp") < page.body.find("idp=guests"));
    CHECK_FALSE(has(page.body, "<form"));
    CHECK_FALSE(has(page.body, "<img"));
    CHECK_FALSE(has(page.body, "<h2"));
    CHECK(has(policy_of(page), "form-action 'none'"));
    CHECK_FALSE(has(policy_of(page), "img-src"));
}

TEST_CASE("the way of the last time stands above the others, under a heading of its own", "[pages]")
{
    auto what = two_ways();
    what.first = first_way::of_last_time;
    const auto page = chooser_page(usual, what);
    CHECK(page.body.find("Last time you used") < page.body.find("idp=corp"));
    CHECK(page.body.find("idp=corp") < page.body.find("Or choose"));
    CHECK(page.body.find("Or choose") < page.body.find("idp=guests"));
}

TEST_CASE(
    "an address is asked for with a label, and a fault is said where a screen reader finds it", "[pages]"
)
{
    auto what = two_ways();
    what.address_action = "/oidc/login";
    what.hidden_fields = {{"return_to", "/a\"b"}};
    what.form_targets = "https:";
    auto page = chooser_page(usual, what);
    CHECK(has(page.body, "<label for=\"email\">"));
    CHECK(has(page.body, "name=\"return_to\" value=\"/a&quot;b\""));
    CHECK(has(page.body, "aria-describedby=\"email-hint\">"));
    CHECK_FALSE(has(page.body, "aria-invalid"));
    CHECK(has(policy_of(page), "form-action 'self' https:;"));
    what.fault = address_fault::unknown_domain;
    what.address = "a@else.example";
    page = chooser_page(usual, what);
    CHECK(has(page.body, "role=\"alert\""));
    CHECK(has(page.body, "aria-describedby=\"email-hint email-fault\" aria-invalid=\"true\""));
    CHECK(has(page.body, "value=\"a@else.example\""));
}

TEST_CASE("logos are data within the page, and only then does the policy allow images", "[pages]")
{
    auto what = two_ways();
    what.ways.front().logo = logo_address(svg).value();
    const auto page = chooser_page(usual, what);
    CHECK(has(page.body, "<img src=\"data:image/svg+xml;base64,"));
    CHECK(has(page.body, "alt=\"\""));
    CHECK(has(policy_of(page), "img-src data:;"));
    CHECK(has(policy_of(page), "default-src 'none'"));
}

TEST_CASE("CVE-2019-1010247: labels, logos and addresses are escaped", "[pages]")
{
    chooser what;
    const std::string evil("\"'><script>alert(1)</script>{{x}}");
    what.ways = {{evil, evil, evil}};
    what.address_action = evil;
    what.address = evil;
    what.hidden_fields = {{evil, evil}};
    const auto page = chooser_page(usual, what);
    CHECK_FALSE(has(page.body, "<script"));
    CHECK_FALSE(has(page.body, "\"'>"));
}

TEST_CASE("a logo is an image of a known kind and small", "[pages]")
{
    using namespace std::string_literals;
    const auto [file, expected] = GENERATE_COPY(table<std::string, std::string>({
        {"\x89PNG\r\n\x1a\n\0\0"s, "data:image/png;base64,"},
        {"\xff\xd8\xff\xe0", "data:image/jpeg;base64,"},
        {"GIF89a..", "data:image/gif;base64,"},
        {"RIFF\1\2\3\4WEBPVP8 ", "data:image/webp;base64,"},
        {svg, "data:image/svg+xml;base64,"},
        {"<?xml version=\"1.0\"?>\n" + svg, "data:image/svg+xml;base64,"},
        {"<html><body>no</body></html>", "value_malformed at logo"},
        {"https://idp.example/logo.png", "value_malformed at logo"},
        {"", "value_malformed at logo"},
        {"GIF89a" + std::string(32 * 1024, 'x'), "value_too_large at logo"},
    }));
    const auto made = logo_address(file);
    CHECK((made ? *made : test::outcome(made)).starts_with(expected));
}

// SEKISHO_DUMP_PAGES=<folder> writes them as files, to be looked at.
TEST_CASE("twelve ways with a long name are all there in both languages", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    const setting with{.in = in, .site = "wandb.example.com", .request_id = "01JDB7Q6Z4M2W8K3XV5T9R0HEC"};
    auto faulty = many_ways(4, in);
    faulty.fault = address_fault::unknown_domain;
    faulty.address = "taro.yamada@unknown.example";
    auto plain = two_ways();
    const std::vector<std::pair<std::string, http::response>> pages{
        {"chooser-twelve", chooser_page(with, many_ways(12, in))},
        {"chooser-fault", chooser_page(with, faulty)},
        {"chooser-plain", chooser_page(with, plain)},
    };
    CHECK(has(pages[0].second.body, "Provider 12"));
    const auto* const folder = std::getenv("SEKISHO_DUMP_PAGES");
    for (const auto& [name, page] : pages)
        if (folder != nullptr)
            std::ofstream(std::filesystem::path(folder) / (name + "-" + std::string(tag(in)) + ".html"))
                << page.body;
}
