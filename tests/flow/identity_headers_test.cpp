// SPDX-License-Identifier: Apache-2.0
// What an application reads in its headers of a person with odd names, after a real sign-in.
#include "flow/pipeline_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

std::string parameter(const client_answer& of, std::string_view name)
{
    const auto location = of.field("Location");
    const auto form = http::form::parse(location.substr(location.find('?') + 1));
    return form ? std::string(form->first(name).value_or("")) : std::string();
}

// Somebody with these claims opens a page, signs in, and opens it again.
wire_message seen_by_application(pipeline_house& here, const json_value& claims)
{
    here.peer.claims.update(claims);
    const auto away = here.open("/reports");
    REQUIRE(away.status == 303);
    here.peer.remember(parameter(away, "nonce"));
    const auto back =
        here.come_back("code=c-1&iss=https%3A%2F%2Fidp.example&state=" + parameter(away, "state"));
    INFO(back.body);
    REQUIRE(back.status == 303);
    REQUIRE(here.open("/reports").status == 200);
    return here.application.request(0);
}

const json_value odd_person{
    {"preferred_username", "山田 太郎"},
    {"email", "taro@acme.example"},
    {"groups", {"a,admins", "100%", "山", " admins "}},
};

} // namespace

TEST_CASE("an application reads every odd name as it is, and no group out of another's name", "[flow]")
{
    pipeline_house here;
    const auto seen = seen_by_application(here, odd_person);
    CHECK(seen.field("X-Forwarded-User") == "alice");
    CHECK(seen.field("X-Forwarded-Preferred-Username") == "%E5%B1%B1%E7%94%B0 %E5%A4%AA%E9%83%8E");
    CHECK(seen.field("X-Forwarded-Groups") == "a%2Cadmins,100%25,%E5%B1%B1,%20admins%20");
}

TEST_CASE("groups of one line each, in UTF-8, are safe to join again", "[flow]")
{
    pipeline_house here(
        [](settings::model& with)
        {
            with.identity.groups_format = settings::groups_format::repeated;
            with.identity.header_encoding = settings::header_encoding::utf8;
        }
    );
    const auto seen = seen_by_application(here, odd_person);
    CHECK(
        seen.all("X-Forwarded-Groups") ==
        std::vector<std::string>{"a%2Cadmins", "100%25", "山", "%20admins%20"}
    );
    CHECK(seen.field("X-Forwarded-Preferred-Username") == "山田 太郎");
}

TEST_CASE("what a control character would make of a header never reaches the application", "[flow]")
{
    const json_value claims = GENERATE(
        json_value{{"preferred_username", "taro\r\nX-Forwarded-Groups: admins"}},
        json_value{{"name", "taro\nX-Admin: 1"}},
        json_value{{"groups", {"a\x7f"}}},
        json_value{{"groups", {"a\u0085"}}}
    );
    pipeline_house here;
    here.peer.claims.update(claims);
    const auto away = here.open("/reports");
    here.peer.remember(parameter(away, "nonce"));
    const auto back =
        here.come_back("code=c-1&iss=https%3A%2F%2Fidp.example&state=" + parameter(away, "state"));
    CHECK(has(back.body, "oidc_identity_unusable"));
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.application.request_count() == 0);
}
