// SPDX-License-Identifier: Apache-2.0
#include "directory/answer_cache.hpp"
#include "directory/known_person.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::directory;
using groups = std::vector<std::string>;

namespace
{

const provider::steady_time noon{std::chrono::hours(12)};

person of(std::string issuer, std::string subject)
{
    return {oidc::issuer(std::move(issuer)), oidc::subject(std::move(subject))};
}

} // namespace

TEST_CASE("groups are remembered for their time, under issuer and subject together", "[directory]")
{
    answer_cache cache(std::chrono::minutes(5));
    cache.put(of("a", "x"), {"staff"}, noon);
    CHECK(cache.find(of("a", "x"), noon + std::chrono::seconds(299)) == groups{"staff"});
    CHECK_FALSE(cache.find(of("a", "x"), noon + std::chrono::seconds(300)));
    CHECK_FALSE(cache.find(of("b", "x"), noon)); // the same subject of another tenant is somebody else
    CHECK_FALSE(cache.find(of("ax", ""), noon));
    cache.put(of("a", "x"), {}, noon + std::chrono::seconds(200));
    CHECK(cache.find(of("a", "x"), noon + std::chrono::seconds(400)) == groups{});
}

TEST_CASE("a full cache drops what is too old, then what came first", "[directory]")
{
    answer_cache cache(std::chrono::minutes(5), 2);
    cache.put(of("a", "1"), {"g"}, noon);
    cache.put(of("a", "2"), {"g"}, noon + std::chrono::seconds(1));
    cache.put(of("a", "3"), {"g"}, noon + std::chrono::seconds(2));
    CHECK(cache.size() == 2);
    CHECK_FALSE(cache.find(of("a", "1"), noon));
    cache.put(of("a", "4"), {"g"}, noon + std::chrono::seconds(900));
    CHECK(cache.size() == 1);
}

TEST_CASE("a cache with no life finds nothing", "[directory]")
{
    answer_cache cache(std::chrono::milliseconds(0));
    cache.put(of("a", "1"), {"g"}, noon);
    CHECK_FALSE(cache.find(of("a", "1"), noon));
}

TEST_CASE("looked-up groups replace the claim and the references that stood in its place", "[directory]")
{
    const auto [known, completed] = GENERATE(table<std::string_view, std::string_view>({
        {R"({"sub":"s"})", R"({"groups":["a"],"sub":"s"})"},
        {R"({"groups":["old"]})", R"({"groups":["a"]})"},
        {R"({"hasgroups":true})", R"({"groups":["a"]})"},
        {R"({"_claim_names":{"groups":"src1"}})", R"({"groups":["a"]})"},
        {R"({"_claim_names":{"groups":"src1","roles":"src2"}})",
         R"({"_claim_names":{"roles":"src2"},"groups":["a"]})"},
        {R"({"_claim_names":7})", R"({"_claim_names":7,"groups":["a"]})"},
    }));
    CHECK(with_groups(oidc::claims::parse(known, "test").value(), {"a"}).to_text() == completed);
}
