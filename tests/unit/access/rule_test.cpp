// SPDX-License-Identifier: Apache-2.0
#include "access/rule.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>

using namespace sekisho;
using access::path_pattern;
using access::rule;

TEST_CASE("a pattern matches one path, or a folder at its boundary", "[access]")
{
    const auto [pattern, path, is_match] = GENERATE(table<std::string, std::string, bool>({
        {"/healthz", "/healthz", true},
        {"/healthz", "/healthz/", false},
        {"/healthz", "/Healthz", false},
        {"/healthz", "/healthzz", false},
        {"/healthz", "/a/healthz", false},
        {"/", "/", true},
        {"/", "/a", false},
        {"/public/*", "/public", true},
        {"/public/*", "/public/", true},
        {"/public/*", "/public/a/b", true},
        {"/public/*", "/publication", false},
        {"/public/*", "/public.html", false},
        {"/public/*", "/a/public/b", false},
        {"/public/", "/public/", true},
        {"/public/", "/public", false},
        {"/*", "/", true},
        {"/*", "/a/b", true},
        {"/*", "*", false},
        {"/*", "", false},
        {"/*", "http://other/", false},
    }));
    CAPTURE(pattern, path);
    const auto parsed = path_pattern::parse(pattern);
    REQUIRE(parsed);
    CHECK(parsed->matches(path) == is_match);
}

TEST_CASE("CVE-2025-54576, CVE-2026-41059: neither query nor fragment makes a path match", "[access]")
{
    const auto pattern = GENERATE("/health", "/public/*", "/*");
    const auto path = GENERATE("/admin?x=/health", "/health?x", "/public/?", "/admin#/health", "/public/#a");
    CAPTURE(pattern, path);
    CHECK_FALSE(path_pattern::parse(pattern)->matches(path));
}

TEST_CASE("a pattern that no canonical path could match is refused", "[access]")
{
    const auto text = GENERATE(
        "",
        "public",
        "*",
        "/a*",
        "/*/b",
        "/a/*/b",
        "/**",
        "/a?b",
        "/a#b",
        "/a\\b",
        "/a%2fb",
        "/a/../b",
        "/./a",
        "/a//b",
        "//",
        "//*",
        "/a//*",
        "/a b",
        "/a\n",
        "/.."
    );
    CAPTURE(text);
    const auto parsed = path_pattern::parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == errc::value_malformed);
    CHECK(parsed.error().detail.find("expected a path") != std::string::npos);
}

TEST_CASE("a rule may name methods, whose case matters", "[access]")
{
    const auto parsed = rule::parse("GET,HEAD /public/*");
    REQUIRE(parsed);
    CHECK(parsed->matches("GET", "/public/a"));
    CHECK(parsed->matches("HEAD", "/public/a"));
    CHECK_FALSE(parsed->matches("POST", "/public/a"));
    CHECK_FALSE(parsed->matches("get", "/public/a"));
    CHECK_FALSE(parsed->matches("GET", "/private"));
    CHECK(rule::parse("/public/*")->matches("POST", "/public/a"));
}

TEST_CASE("a malformed rule is refused", "[access]")
{
    const auto text = GENERATE(" /a", "GET", "GET,", "GET, /a", ",GET /a", "G(T /a", "GET  /a", "GET /a /b");
    CAPTURE(text);
    const auto parsed = rule::parse(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == errc::value_malformed);
}
