// SPDX-License-Identifier: Apache-2.0
#include "http/negotiation.hpp"
#include "support/catch.hpp"

#include <array>
#include <vector>

using namespace sekisho;
using http::field;
using fields = std::vector<field>;

namespace
{

constexpr std::string_view browser =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

} // namespace

TEST_CASE("people get HTML, programs get JSON", "[http]")
{
    const auto [accept, expected] = GENERATE(table<std::string, http::media>({
        {std::string(browser), http::media::html},
        {"text/html", http::media::html},
        {"TEXT/HTML", http::media::html},
        {"*/*", http::media::json},
        {"", http::media::json},
        {"application/json", http::media::json},
        {"application/json, text/html;q=0.5", http::media::json},
        {"application/json;q=0.5, text/html", http::media::html},
        {"application/problem+json, text/html;q=0.9", http::media::json},
        {"text/html;q=0", http::media::json},
        {"text/*", http::media::json},
    }));
    INFO(accept);
    CHECK(http::preferred_media(fields{{"Accept", accept}}) == expected);
    CHECK(http::preferred_media(fields{}) == http::media::json);
}

TEST_CASE("the language is the one the client likes best (RFC 9110, 12.5.4)", "[http]")
{
    const auto [accept, expected] = GENERATE(table<std::string, std::string>({
        {"ja", "ja"},
        {"ja-JP", "ja"},
        {"JA-jp,ja;q=0.9,en;q=0.8", "ja"},
        {"en-US,en;q=0.9,ja;q=0.8", "en"},
        {"de, ja;q=0.5, en;q=0.4", "ja"},
        {"de", "en"},
        {"", "en"},
        {"*", "en"},
        {"ja;q=0", "en"},
        {"ja;q=0, *", "en"},
        {"ja ; q=0.8 , en;q=0.9", "en"},
        {"en;q=0.5, ja;q=0.501", "ja"},
        {"ja;q=2, en;q=0.1", "en"},
        {"ja;q=0.5000, en;q=0.1", "en"},
        {"ja;q=x, en;q=0.1", "en"},
        {"jav", "en"},
        {"j", "en"},
        {"fr, *;q=0.5, ja;q=0.4", "en"},
    }));
    INFO(accept);
    constexpr std::array<std::string_view, 2> supported{"en", "ja"};
    CHECK(http::preferred_language(fields{{"Accept-Language", accept}}, supported) == expected);
}

TEST_CASE("a sign-in begins only for a top-level navigation", "[http]")
{
    const field html{"Accept", browser};
    const auto [method, request, expected, reason] =
        GENERATE_COPY(table<std::string, fields, bool, std::string>({
            {"GET", {html}, true, "an old browser"},
            {"HEAD", {html}, true, "HEAD of the same"},
            {"POST", {html}, false, "a body would be lost"},
            {"OPTIONS", {html}, false, "a preflight"},
            {"GET", {}, false, "a program"},
            {"GET", {{"Accept", "*/*"}}, false, "curl"},
            {"GET", {{"Accept", "application/json"}}, false, "a program"},
            {"GET", {{"Accept", "text/html;q=0"}}, false, "not acceptable"},
            {"GET", {html, {"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "document"}}, true, "a browser"
            },
            {"GET", {html, {"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "iframe"}}, false, "a frame"},
            {"GET", {html, {"Sec-Fetch-Mode", "cors"}, {"Sec-Fetch-Dest", "empty"}}, false, "fetch()"},
            {"GET", {html, {"Sec-Fetch-Mode", "no-cors"}, {"Sec-Fetch-Dest", "image"}}, false, "an image"},
            {"GET", {html, {"Sec-Fetch-Mode", "websocket"}}, false, "a WebSocket"},
            {"GET", {html, {"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Mode", "cors"}}, false, "two answers"},
            {"GET", {html, {"X-Requested-With", "XMLHttpRequest"}}, false, "XMLHttpRequest of a library"},
            {"GET", {html, {"Sec-Fetch-Mode", "navigate"}, {"Sec-Purpose", "prefetch"}}, false, "prefetch"},
        }));
    INFO(reason);
    CHECK(http::is_navigation(request, method) == expected);
}

TEST_CASE("the asking site is what the browser says, once", "[http]")
{
    using http::fetch_site;
    const auto [request, expected] = GENERATE(table<fields, fetch_site>({
        {{}, fetch_site::unknown},
        {{{"Sec-Fetch-Site", "none"}}, fetch_site::none},
        {{{"Sec-Fetch-Site", "same-origin"}}, fetch_site::same_origin},
        {{{"sec-fetch-site", "same-site"}}, fetch_site::same_site},
        {{{"Sec-Fetch-Site", "cross-site"}}, fetch_site::cross_site},
        {{{"Sec-Fetch-Site", "elsewhere"}}, fetch_site::unknown},
        {{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "cross-site"}}, fetch_site::unknown},
    }));
    CHECK(http::requesting_site(request) == expected);
}
