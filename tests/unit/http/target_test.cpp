// SPDX-License-Identifier: Apache-2.0
#include "http/target.hpp"
#include "support/catch.hpp"

#include <random>

using namespace sekisho;
using http::canonicalize;
using http::encoded_slash;

namespace
{

std::string canonical(std::string_view raw, encoded_slash slashes = encoded_slash::refuse)
{
    const auto target = canonicalize(raw, "GET", "app.example", slashes);
    return target ? std::string(target->text())
                  : "refused: " + std::string(describe(target.error().code).name);
}

const std::string ambiguous = "refused: request_target_ambiguous";
const std::string malformed = "refused: request_malformed";

} // namespace

TEST_CASE("a target has one spelling, which rules see and the application receives", "[http]")
{
    const auto [raw, expected, section] = GENERATE(table<std::string, std::string, std::string>({
        {"/", "/", "RFC 9112, 3.2.1"},
        {"/a/b", "/a/b", "RFC 9112, 3.2.1"},
        {"/a/b/", "/a/b/", "RFC 9112, 3.2.1"},
        {"/?", "/?", "a bare question mark stays"},
        {"/a?b=c&d", "/a?b=c&d", "RFC 9112, 3.2.1"},
        {"/a?b=%7e%zz%", "/a?b=%7e%zz%", "the query is the application's"},
        {"/a?../..", "/a?../..", "the query is the application's"},
        {"/a?b?c", "/a?b?c", "RFC 3986, 3.4"},
        {"/%7Eme", "/~me", "RFC 3986, 6.2.2.2"},
        {"/%61%2d%5F%2E", "/a-_.", "RFC 3986, 6.2.2.2"},
        {"/%e3%81%82", "/%E3%81%82", "RFC 3986, 6.2.2.1"},
        {"/%E3%81%82", "/%E3%81%82", "RFC 3986, 6.2.2.1"},
        {"/%2525", "/%2525", "decoded once at most"},
        {"/%25%32%65", "/%252e", "decoded once at most"},
        {"/a/./b", "/a/b", "RFC 3986, 5.2.4"},
        {"/a/../b", "/b", "RFC 3986, 5.2.4"},
        {"/a/b/..", "/a/", "RFC 3986, 5.2.4"},
        {"/a/b/.", "/a/b/", "RFC 3986, 5.2.4"},
        {"/a/..", "/", "RFC 3986, 5.2.4"},
        {"/.", "/", "RFC 3986, 5.2.4"},
        {"/a/..?q", "/?q", "RFC 3986, 5.2.4"},
        {"/a/%2e%2E/b", "/b", "RFC 3986, 6.2.2.2 before 5.2.4"},
        {"/a/.%2e/b", "/b", "RFC 3986, 6.2.2.2 before 5.2.4"},
        {"/a//../b", "/a/b", "RFC 3986, 5.2.4"},
        {"/a//b", "/a//b", "empty segments inside stay"},
        {"/...", "/...", "three dots are a name"},
        {"/.well-known/x", "/.well-known/x", "RFC 8615"},
        {"/..a/.b", "/..a/.b", "names that begin with dots"},
        {"/a;v=1/b;c", "/a;v=1/b;c", "RFC 3986, 3.3: parameters stay"},
        {"/a|b[c]^", "/a|b[c]^", "what browsers leave as it is"},
        {"/%20%3f%23%3B", "/%20%3F%23%3B", "reserved characters stay encoded"},
        {"http://app.example/a?b", "/a?b", "RFC 9112, 3.2.2"},
        {"HTTPS://APP.example:443/a", "/a", "RFC 9112, 3.2.2"},
        {"http://app.example", "/", "RFC 9112, 3.2.1: empty path"},
        {"http://app.example?x=1", "/?x=1", "RFC 9112, 3.2.1: empty path"},
        {"http://app.example/a/../b", "/b", "RFC 9112, 3.2.2"},
    }));
    INFO(raw << " by " << section);
    CHECK(canonical(raw) == expected);
}

TEST_CASE("a target that can be read in two ways is refused", "[http]")
{
    using namespace std::string_literals;
    const auto [raw, expected, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"", malformed, "RFC 9112, 3"},
        {"a", malformed, "RFC 9112, 3.2"},
        {"*", malformed, "RFC 9112, 3.2.4: only OPTIONS"},
        {"app.example:443", malformed, "RFC 9112, 3.2.3: authority-form"},
        {"ftp://app.example/", malformed, "another scheme"},
        {"javascript://app.example/", malformed, "another scheme"},
        {"//evil.example/", ambiguous, "a network-path reference, RFC 3986, 4.2"},
        {"/..", ambiguous, "climbs"},
        {"/../a", ambiguous, "climbs"},
        {"/a/../../b", ambiguous, "climbs"},
        {"/%2e%2e/a", ambiguous, "climbs"},
        {"/.//a", ambiguous, "becomes //a"},
        {"/a/..//b", ambiguous, "becomes //b"},
        {"/a#b", ambiguous, "GHSA-pxq7-h93f-9jrg: fragment"},
        {"/a?b#c", ambiguous, "fragment"},
        {"/a b", ambiguous, "RFC 9112, 3.2: space"},
        {"/a\tb", ambiguous, "control"},
        {"/a\x7f", ambiguous, "control"},
        {"/a\x01?b", ambiguous, "control"},
        {"/a?b c", ambiguous, "space in the query"},
        {"/\xe3\x81\x82", ambiguous, "non-ASCII"},
        {"/?\xe3\x81\x82", ambiguous, "non-ASCII"},
        {"/a\0b"s, ambiguous, "NUL"},
        {"/a%00b", ambiguous, "encoded NUL"},
        {"/%", ambiguous, "broken escape, RFC 3986, 2.1"},
        {"/%4", ambiguous, "broken escape"},
        {"/%zz", ambiguous, "broken escape"},
        {"/%2?", ambiguous, "broken escape"},
        {"/%u002e", ambiguous, "broken escape"},
        {"/a%2fb", ambiguous, "encoded slash"},
        {"/a%2Fb", ambiguous, "encoded slash"},
        {"/a%5cb", ambiguous, "encoded backslash"},
        {"/a\\b", ambiguous, "backslash"},
        {"/a/..;/b", ambiguous, "dot segment with parameters"},
        {"/a/..;x=1/b", ambiguous, "dot segment with parameters"},
        {"/a/.;/b", ambiguous, "dot segment with parameters"},
        {"/a/..%3b/b", ambiguous, "dot segment with parameters"},
        {"/a/%2e%2e;/b", ambiguous, "dot segment with parameters"},
        {"/a/%c0%ae%c0%ae/b", ambiguous, "overlong dot, RFC 3629, 10"},
        {"/a%c0%afb", ambiguous, "overlong slash"},
        {"/a%c1%9cb", ambiguous, "overlong backslash"},
        {"http://evil.example/a", ambiguous, "absolute-form of another host"},
        {"http://app.example:8080/", ambiguous, "absolute-form of another port"},
        {"http://app.example@evil.example/", ambiguous, "user information"},
        {"http://me@app.example/", ambiguous, "user information"},
        {"http:///a", ambiguous, "no host"},
        {"http://app.example\\a", ambiguous, "backslash"},
        {"http://app.example#a", ambiguous, "fragment"},
        {"http://app.example//a", ambiguous, "two slashes"},
        {"http://app.example?a b", ambiguous, "space"},
    }));
    INFO(raw << ": " << reason);
    CHECK(canonical(raw) == expected);
}

TEST_CASE(
    "CVE-2023-33189: a kept encoded slash beside a dot segment is refused, for it leads out of a public "
    "folder",
    "[http]"
)
{
    const auto raw = GENERATE(
        "/public/..%2fadmin",
        "/public/%2e%2e%2fadmin",
        "/public/..%5cadmin",
        "/public/x%2f..%2f..%2fadmin",
        "/public/x%2f%2e%2E",
        "/public/x%2F../admin",
        "/public/x%5C%2e./admin",
        "/public%2f..",
        "/public%2f..?q",
        "/public%2f..;a/b",
        "/public/.%2fadmin",
        "/public/x%2f./admin"
    );
    CAPTURE(raw);
    CHECK(canonical(raw, encoded_slash::keep) == ambiguous);
}

TEST_CASE("encoded slashes pass, still encoded, when a setting keeps them", "[http]")
{
    CHECK(canonical("/a%2fb%5Cc", encoded_slash::keep) == "/a%2Fb%5Cc");
    CHECK(canonical("/a%2Fb", encoded_slash::keep) == "/a%2Fb");
    CHECK(canonical("/a/b..%2f..c%2F.d", encoded_slash::keep) == "/a/b..%2F..c%2F.d");
    CHECK(canonical("/a\\b", encoded_slash::keep) == ambiguous);
}

TEST_CASE(
    "CVE-2026-41059: an encoded fragment or question mark stays encoded, so rules see what the application "
    "sees",
    "[http]"
)
{
    const auto target = canonicalize("/admin%23/public?x", "GET", "app.example");
    REQUIRE(target);
    CHECK(target->path() == "/admin%23/public");
    CHECK(canonical("/admin%3f/public") == "/admin%3F/public");
    CHECK(canonical("/admin#/public") == ambiguous);
}

TEST_CASE("CVE-2025-54576: the path that rules match on has no query", "[http]")
{
    const auto target = canonicalize("/admin?x=/health", "GET", "app.example");
    REQUIRE(target);
    CHECK(target->path() == "/admin");
    CHECK(target->query() == "x=/health");
    CHECK(target->text() == "/admin?x=/health");
}

TEST_CASE("CVE-2021-39206: a fragment in the request target is refused", "[http]")
{
    CHECK(canonical("/admin#x") == ambiguous);
    CHECK(canonical("/public?x#/admin") == ambiguous);
}

TEST_CASE(
    "GHSA-8vc2-jrm4-835w: CONNECT, OPTIONS *, absolute-form and an empty path have defined answers", "[http]"
)
{
    const auto connect = canonicalize("app.example:443", "CONNECT", "app.example");
    REQUIRE_FALSE(connect);
    CHECK(connect.error().code == errc::request_method_not_allowed);
    REQUIRE_FALSE(canonicalize("", "CONNECT", ""));
    const auto star = canonicalize("*", "OPTIONS", "app.example");
    REQUIRE(star);
    CHECK(star->text() == "*");
    CHECK(star->path() == "*");
    CHECK_FALSE(star->has_query());
    const auto server = canonicalize("http://app.example", "OPTIONS", "app.example");
    REQUIRE(server);
    CHECK(server->text() == "*");
    REQUIRE_FALSE(canonicalize("", "GET", "app.example"));
    REQUIRE_FALSE(canonicalize("http://", "GET", ""));
}

TEST_CASE("a bare question mark is kept apart from no query", "[http]")
{
    const auto bare = canonicalize("/a?", "GET", "app.example");
    const auto none = canonicalize("/a", "GET", "app.example");
    REQUIRE(bare);
    REQUIRE(none);
    CHECK(bare->has_query());
    CHECK(bare->query().empty());
    CHECK(bare->text() == "/a?");
    CHECK_FALSE(none->has_query());
}

TEST_CASE("a target that is canonical already is not copied", "[http]")
{
    const std::string raw = "/reports/2026/%E3%81%82.html?from=%2f&to=x";
    const auto target = canonicalize(raw, "GET", "app.example");
    REQUIRE(target);
    CHECK(target->is_view());
    CHECK(target->text().data() == raw.data());
}

TEST_CASE("a target that was rewritten survives copying and moving", "[http]")
{
    auto target = canonicalize("/%61?q", "GET", "app.example");
    REQUIRE(target);
    CHECK_FALSE(target->is_view());
    const http::canonical_target copy = *target;
    const http::canonical_target moved = std::move(*target);
    CHECK(copy.text() == "/a?q");
    CHECK(moved.path() == "/a");
    CHECK(moved.query() == "q");
}

TEST_CASE(
    "CVE-2023-33189: whatever is sent, canonical targets are fixed points without dot segments", "[http]"
)
{
    constexpr std::string_view alphabet[] = {"/", "/",   ".",  "..",  "%2e",    "%2E", "%2f", "%5c",
                                             ";", "%3b", "a",  "%61", "%25",    "2e",  "?",   "#",
                                             "%", "\\",  "//", "%00", "%c0%ae", "é",   " ",   "A"};
    std::mt19937 random(20261121); // NOLINT: the same sequence each time
    std::uniform_int_distribution<std::size_t> pick(0, std::size(alphabet) - 1);
    std::uniform_int_distribution<int> length(0, 8);
    int accepted = 0;
    for (int round = 0; round < 40000; ++round)
    {
        std::string raw = "/";
        for (int piece = length(random); piece > 0; --piece)
            raw.append(alphabet[pick(random)]);
        const auto slashes = round % 2 == 0 ? encoded_slash::keep : encoded_slash::refuse;
        const auto once = canonicalize(raw, "GET", "app.example", slashes);
        if (!once)
            continue;
        ++accepted;
        const auto twice = canonicalize(once->text(), "GET", "app.example", slashes);
        INFO(raw);
        REQUIRE(twice);
        REQUIRE(twice->text() == once->text());
        REQUIRE(twice->is_view());
        const std::string path = std::string(once->path()) + "/";
        REQUIRE(path.find("/../") == std::string::npos);
        REQUIRE(path.find("/./") == std::string::npos);
        REQUIRE_FALSE(path.starts_with("//a"));
        REQUIRE(once->text().find_first_of("# ") == std::string::npos);
    }
    CHECK(accepted > 1000);
}
