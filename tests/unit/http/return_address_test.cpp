// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "http/return_address.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <vector>

using namespace sekisho;

namespace
{

std::string safe(std::string_view candidate, std::string_view origin = "https://gate.example")
{
    return http::safe_return_address(candidate, *url::parse(origin));
}

std::vector<std::string> payloads()
{
    std::ifstream file(SEKISHO_SOURCE_DIR "/tests/unit/http/open_redirects.txt");
    std::vector<std::string> read;
    for (std::string line; std::getline(file, line);)
        if (!line.starts_with('#'))
            read.push_back(nlohmann::json::parse(line).get<std::string>());
    return read;
}

} // namespace

TEST_CASE("an address on our own host is returned byte for byte", "[http]")
{
    const auto [candidate, expected] = GENERATE(table<std::string, std::string>({
        {"/", "/"},
        {"/reports/2026?from=%2f&to=//x#top", "/reports/2026?from=%2f&to=//x#top"},
        {"/%7euser/%e3%81%82%20", "/%7euser/%e3%81%82%20"}, // an encoded space inside a name
        {"/my%20project/a%20b?q=%20", "/my%20project/a%20b?q=%20"},
        {"/a/%20b", "/"}, // beside a slash
        {"/%7euser/%e3%81%82", "/%7euser/%e3%81%82"},
        {"/a/./b", "/a/./b"},
        {"/a//b", "/a//b"},
        {"/a%2Fb", "/a%2Fb"},
        {"/?rd=https://elsewhere.example/", "/?rd=https://elsewhere.example/"},
        {"/#/route", "/#/route"},
        {"https://gate.example", "/"},
        {"https://gate.example/", "/"},
        {"https://gate.example/a?b#c", "/a?b#c"},
        {"HTTPS://GATE.example:443/a", "/a"},
        {"https://gate.example?x", "/?x"},
        {"https://gate.example#x", "/#x"},
    }));
    CHECK(safe(candidate) == expected);
}

TEST_CASE("an address of another origin becomes the root", "[http]")
{
    CHECK(safe("http://gate.example/a") == "/");
    CHECK(safe("https://gate.example:8443/a") == "/");
    CHECK(safe("https://gate.example:8443/a", "https://gate.example:8443") == "/a");
    CHECK(safe("http://gate.example:80/a", "http://gate.example") == "/a");
    CHECK(safe("https://[2001:db8::1]/a", "https://[2001:db8::1]") == "/a");
    CHECK(safe("https://gate.example.evil.example/a") == "/");
    CHECK(safe("https://me@gate.example/a") == "/");
    CHECK(safe("") == "/");
    CHECK(safe("a") == "/");
    CHECK(safe("?a") == "/");
}

TEST_CASE("CVE-2017-1000070, CVE-2021-39191: addresses of other hosts in disguise become the root", "[http]")
{
    const std::string candidate =
        GENERATE("//evil", "https:evil", "https://evil", "https:/evil", "///evil", "javascript:alert(1)");
    CHECK(safe(candidate) == "/");
}

TEST_CASE("CVE-2020-5233, CVE-2019-20479, CVE-2021-32786: backslashes become the root", "[http]")
{
    const std::string candidate =
        GENERATE("/\\evil.com", "/\\/evil", "/%5cevil", "\\/evil", "/a\\b", "/a%5Cb", "/\\\\evil");
    CHECK(safe(candidate) == "/");
}

TEST_CASE("CVE-2020-11053, CVE-2022-23527: encoded white space becomes the root", "[http]")
{
    const std::string candidate = GENERATE(
        "/%09/evil",
        "/%0a/evil",
        "/%0d%0a//evil",
        "/\t/evil",
        "/\n/evil",
        "/%20/evil",
        "/%00/evil",
        "/a\r\nX: b"
    );
    CHECK(safe(candidate) == "/");
}

TEST_CASE("encoded slashes beside slashes become the root", "[http]")
{
    const std::string candidate =
        GENERATE("/%2fevil", "/%2F%2Fevil", "/a/%2fevil", "/a%2f/evil", "/a%2f%2fevil", "/x/../%2fevil");
    CHECK(safe(candidate) == "/");
}

TEST_CASE("an address that is too long becomes the root", "[http]")
{
    const std::string longest = "/" + std::string(http::longest_return_address - 1, 'a');
    CHECK(safe(longest) == longest);
    CHECK(safe(longest + "a") == "/");
}

TEST_CASE("CVE-2020-4037, CVE-2019-14857: none of the redirect payloads leaves our host", "[http]")
{
    const auto all = payloads();
    REQUIRE(all.size() >= 200);
    std::size_t refused = 0;
    for (const std::string& candidate : all)
    {
        const std::string address = safe(candidate);
        INFO(candidate << " gave " << address);
        REQUIRE(address.starts_with('/'));
        REQUIRE_FALSE(address.starts_with("//"));
        REQUIRE(address.find('\\') == std::string::npos);
        for (const char each : address)
            REQUIRE((each > 0x20 && each < 0x7f));
        const auto resolved = url::parse("https://gate.example" + address.substr(0, address.find('#')));
        REQUIRE(resolved);
        REQUIRE(resolved->origin() == "https://gate.example");
        const auto decoded = percent_decode(resolved->path());
        REQUIRE(decoded);
        REQUIRE_FALSE(decoded->starts_with("//"));
        REQUIRE_FALSE(decoded->starts_with("/\\"));
        refused += address == "/" ? 1U : 0U;
    }
    CHECK(refused > all.size() / 2);
}
