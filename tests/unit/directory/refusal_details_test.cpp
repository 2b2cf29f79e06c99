// SPDX-License-Identifier: Apache-2.0
// The log line of a refused answer says what was expected and what came.
#include "directory/github.hpp"
#include "directory/gitlab.hpp"
#include "directory/google.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::directory;

namespace
{

const url asked = url::parse("https://api.example/user").value();

template <class Value>
std::string detail(const result<Value>& of)
{
    return of ? std::string("ok") : of.error().detail;
}

} // namespace

TEST_CASE("a person without a usable id is told by the type that came", "[directory]")
{
    const auto [body, said] = GENERATE(table<std::string, std::string>({
        {R"({"login":"a","username":"a"})", "received none"},
        {R"({"id":"7","login":"a","username":"a"})", "received string"},
        {R"({"id":-7,"login":"a","username":"a"})", "received number"},
        {R"({"id":null,"login":"a","username":"a"})", "received null"},
    }));
    const auto expected = "/user: expected a positive whole number for id, " + said;
    const oidc::issuer issuer("https://idp.example");
    CHECK(detail(read_github_user(test::good(body), issuer)) == expected);
    CHECK(detail(read_gitlab_user(test::good(body), issuer)) == expected);
}

TEST_CASE("another API's answer is told by its kind", "[directory]")
{
    const auto [body, said] = GENERATE(table<std::string, std::string>({
        {"{}", "received none"},
        {R"({"kind":"admin#directory#users"})", "received \"admin#directory#users\""},
        {R"({"kind":7})", "received \"7\""},
    }));
    CHECK(
        detail(google_groups_reader(asked)(test::good(body), asked)) ==
        "the answer is no list of groups: expected the kind admin#directory#groups, " + said
    );
}

TEST_CASE("an entry of a list that is too long or empty is told by its size", "[directory]")
{
    const auto size = GENERATE(as<std::size_t>(), 0, 1025);
    const auto body = R"([{"full_path":")" + std::string(size, 'x') + "\"}]";
    CHECK(
        detail(read_gitlab_groups(test::good(body), asked)) ==
        "an entry of the list is unusable: full_path has " + std::to_string(size) +
            " bytes, expected 1 to 1024"
    );
}
