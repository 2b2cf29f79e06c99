// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/session_making.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;

namespace
{

received_tokens all_tokens() { return {"id", secret("at"), 60s, secret("rt")}; }

} // namespace

TEST_CASE("a session keeps of its tokens what is wanted, and always when they end", "[gateway]")
{
    session::session value;
    session_making by;
    keep_tokens(value, all_tokens(), by, test::noon);
    CHECK(value.id_token.empty());
    CHECK(value.access_token.empty());
    CHECK(value.refresh_token.empty());
    CHECK(value.tokens_end == test::noon + 60s);
    by.id_token = by.access_token = by.refresh_token = keep::if_it_fits;
    keep_tokens(value, all_tokens(), by, test::noon);
    CHECK(value.id_token.reveal() == "id");
    CHECK(value.access_token.reveal() == "at");
    CHECK(value.refresh_token.reveal() == "rt");
}

TEST_CASE("what a renewal does not give stays as it was", "[gateway]")
{
    session_making by;
    by.id_token = by.access_token = by.refresh_token = keep::yes;
    session::session value;
    keep_tokens(value, all_tokens(), by, test::noon);
    keep_tokens(value, {{}, {}, std::nullopt, secret("rt-2")}, by, test::noon + 1h);
    CHECK(value.id_token.reveal() == "id");
    CHECK(value.access_token.reveal() == "at");
    CHECK(value.refresh_token.reveal() == "rt-2");
    CHECK(value.tokens_end == test::noon + 60s);
    keep_tokens(value, {{}, secret("at-2"), std::nullopt, {}}, by, test::noon + 1h);
    CHECK(value.access_token.reveal() == "at-2");
    CHECK(value.refresh_token.reveal() == "rt-2");
    CHECK_FALSE(value.tokens_end); // the new one's end was not said
}

TEST_CASE("tokens that only help are left out one by one, the refresh token last", "[gateway]")
{
    session_making by;
    by.id_token = by.access_token = by.refresh_token = keep::if_it_fits;
    session::session value;
    keep_tokens(value, all_tokens(), by, test::noon);
    std::vector<std::string> order;
    for (auto less = lighter(value, by); less; less = lighter(less->value, by))
        order.emplace_back(less->left_out);
    CHECK(order == std::vector<std::string>{"id_token", "access_token", "refresh_token"});
}

TEST_CASE("tokens that the application needs are not left out", "[gateway]")
{
    session_making by;
    by.id_token = by.access_token = keep::yes;
    by.refresh_token = keep::if_it_fits;
    session::session value;
    keep_tokens(value, all_tokens(), by, test::noon);
    const auto less = lighter(value, by);
    REQUIRE(less);
    CHECK(less->left_out == "refresh_token");
    CHECK(less->value.id_token.reveal() == "id");
    CHECK_FALSE(lighter(less->value, by));
}

TEST_CASE(
    "of what was granted a session keeps what paths demand, and a renewal may take it away", "[gateway]"
)
{
    session_making by;
    by.scopes = {"read", "write"};
    session::session value;
    value.scope = "read write"; // as asked
    auto silent = all_tokens();
    keep_tokens(value, std::move(silent), by, test::noon);
    CHECK(value.scope == "read write");
    auto narrowed = all_tokens();
    narrowed.scope = "openid write";
    keep_tokens(value, std::move(narrowed), by, test::noon);
    CHECK(value.scope == "write");
    auto nothing = all_tokens();
    nothing.scope = "openid";
    keep_tokens(value, std::move(nothing), by, test::noon);
    CHECK(value.scope.empty());
}
