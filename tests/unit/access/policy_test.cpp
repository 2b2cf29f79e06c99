// SPDX-License-Identifier: Apache-2.0
#include "access/policy.hpp"
#include "support/catch.hpp"

#include <random>
#include <string>
#include <vector>

using namespace sekisho;
using access::policy;
using access::verdict;

namespace
{

// Paths and patterns over a tiny alphabet, so that near misses are frequent.
std::string random_path(std::mt19937& dice)
{
    std::string path = "/";
    const auto size = dice() % 7;
    for (unsigned index = 0; index < size; ++index)
    {
        const char next = "ab/."[dice() % 4];
        if (next != '/' || path.back() != '/')
            path.push_back(next);
    }
    return path;
}

} // namespace

TEST_CASE("without rules everything needs a session", "[access]")
{
    const policy nothing_public;
    std::mt19937 dice(1); // NOLINT: repeatable on purpose
    for (int round = 0; round < 1000; ++round)
        REQUIRE(nothing_public.decide("GET", random_path(dice)) == verdict::sign_in_required);
}

TEST_CASE("the first fault in a list of rules is named", "[access]")
{
    const auto parsed = policy::parse({"/ok", "nonsense"});
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().detail.find("\"nonsense\"") != std::string::npos);
}

TEST_CASE("CVE-2026-48794: the order of rules changes nothing, and no rule narrows another", "[access]")
{
    std::mt19937 dice(2); // NOLINT
    for (int round = 0; round < 2000; ++round)
    {
        std::vector<std::string> patterns;
        while (patterns.size() < 3)
        {
            auto text = random_path(dice);
            if (dice() % 2 == 0)
                text += text.back() == '/' ? "*" : "/*";
            if (access::rule::parse(text))
                patterns.push_back(text);
        }
        const auto forward = policy::parse(patterns);
        const auto backward = policy::parse({patterns.rbegin(), patterns.rend()});
        const auto path = random_path(dice);
        bool any = false;
        for (const auto& each : patterns)
            any = any || policy::parse({each})->decide("GET", path) == verdict::allowed;
        CAPTURE(patterns, path);
        REQUIRE((forward->decide("GET", path) == verdict::allowed) == any);
        REQUIRE(backward->decide("GET", path) == forward->decide("GET", path));
    }
}

TEST_CASE("what a folder rule allows lies inside the folder", "[access]")
{
    std::mt19937 dice(3); // NOLINT
    const auto rules = policy::parse({"/a/*"});
    REQUIRE(rules);
    int allowed = 0;
    for (int round = 0; round < 5000; ++round)
    {
        const auto path = random_path(dice);
        CAPTURE(path);
        const bool is_inside = path == "/a" || path.starts_with("/a/");
        REQUIRE((rules->decide("GET", path) == verdict::allowed) == is_inside);
        allowed += is_inside ? 1 : 0;
    }
    CHECK(allowed > 100);
}
