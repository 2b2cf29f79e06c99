// SPDX-License-Identifier: Apache-2.0
// The log line of a list that is refused says what was found in its place, and nobody's values.
#include "support/outcome.hpp"
#include "unit/identity/claims_in.hpp"

#include <string>

using namespace sekisho;

TEST_CASE("a list that is refused is told by the type that came", "[identity]")
{
    const auto [entry, members, said] = GENERATE(table<std::string, std::string, std::string>({
        {"groups", R"("groups":["a",7])", "claim groups has an element that is not a text but: number"},
        {"groups",
         R"("groups":[{"name":"a"}])",
         "claim groups has objects for elements: name the member that counts, as in \"groups[].name\""},
        {"groups", R"("groups":true)", "claim groups is neither a text nor an array of texts but: boolean"},
        {"groups[].name", R"("groups":"a")", "claim groups[].name is not an array but: string"},
        {"groups[].name", R"("groups":[{"id":1}])", "claim groups[].name has an element without that member"},
        {"groups[].name",
         R"("groups":[{"name":true}])",
         "claim groups[].name has an element whose member is not a text but: boolean"},
        {"roles{keys}", R"("roles":["a"])", "claim roles{keys} is not an object but: array"},
    }));
    CAPTURE(entry, members);
    identity::mapping_config config;
    config.groups = {entry};
    CHECK(test::detail(test::mapped(members, config)) == said);
}

TEST_CASE("a group that is too long is told by its size", "[identity]")
{
    identity::mapping_config config;
    config.groups = {"groups"};
    const auto got = test::mapped(R"("groups":[")" + std::string(1025, 'x') + "\"]", config);
    CHECK(test::detail(got) == "claim groups has an element of 1025 bytes, expected at most 1024");
}
