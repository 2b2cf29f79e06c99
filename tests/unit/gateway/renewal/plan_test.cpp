// SPDX-License-Identifier: Apache-2.0
#include "gateway/renewal/plan.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <optional>
#include <string>

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;
using std::chrono::seconds;

namespace
{

std::string told(renewal_plan plan)
{
    const std::string way = plan.way == renewal_way::refresh   ? "refresh"
                            : plan.way == renewal_way::recheck ? "recheck"
                                                               : "nothing";
    return way + (plan.urgency == need::now ? " now" : plan.urgency == need::soon ? " soon" : "");
}

session::session with_tokens(std::optional<seconds> life)
{
    auto value = test::sample_session();
    value.confirmed = test::noon;
    if (life)
        value.tokens_end = test::noon + *life;
    value.refresh_token = secret("rt");
    value.access_token = secret("at");
    return value;
}

} // namespace

TEST_CASE("when a renewal is due", "[gateway]")
{
    const auto [what, life, interval, ask, passed, expected] =
        GENERATE(table<std::string, std::optional<seconds>, seconds, seconds, seconds, std::string>({
            {"fresh", 300s, 0s, 0s, 0s, "nothing"},
            {"before the earliest share", 300s, 0s, 0s, 149s, "nothing"},
            {"after the latest share", 300s, 0s, 0s, 241s, "refresh soon"},
            {"at the end", 300s, 0s, 0s, 300s, "refresh now"},
            {"tokens shorter than refresh_before: not in their first half", 60s, 0s, 0s, 29s, "nothing"},
            {"but before their end", 60s, 0s, 0s, 46s, "refresh soon"},
            {"nobody says when they end", std::nullopt, 0s, 0s, 24h, "nothing"},
            {"the interval alone", std::nullopt, 600s, 0s, 600s, "refresh now"},
            {"the interval before the tokens' end", 3600s, 600s, 0s, 600s, "refresh now"},
            {"the tokens' end before the interval", 300s, 600s, 0s, 300s, "refresh now"},
            {"UserInfo between two renewals", 3600s, 0s, 300s, 300s, "recheck now"},
            {"UserInfo, a moment before", 3600s, 0s, 300s, 226s, "recheck soon"},
            {"a renewal asks UserInfo as well", 300s, 0s, 300s, 300s, "refresh now"},
        }));
    CAPTURE(what);
    renewal_rules by{.interval = interval, .ask_userinfo = ask};
    const auto value = with_tokens(life);
    CHECK(told(plan_renewal(value, by, userinfo::asked, test::noon + passed)) == expected);
}

TEST_CASE("what is not there renews nothing", "[gateway]")
{
    auto value = with_tokens(300s);
    renewal_rules by{.ask_userinfo = 60s};
    const auto late = test::noon + 200s;
    SECTION("refresh is off")
    {
        by.refresh = false;
        CHECK(told(plan_renewal(value, by, userinfo::asked, late)) == "recheck now");
    }
    SECTION("UserInfo is never asked")
    {
        CHECK(told(plan_renewal(value, by, userinfo::never_asked, test::noon + 61s)) == "nothing");
    }
    SECTION("an access token that has ended asks nobody")
    {
        value.refresh_token = {};
        CHECK(told(plan_renewal(value, by, userinfo::asked, test::noon + 301s)) == "nothing");
    }
    SECTION("no access token")
    {
        value.refresh_token = value.access_token = {};
        CHECK(told(plan_renewal(value, by, userinfo::asked, late)) == "nothing");
    }
}

TEST_CASE(
    "sessions that began together are not renewed together, and each always at the same time", "[gateway]"
)
{
    CHECK(spread(session::session_id("a")) == spread(session::session_id("a")));
    std::size_t early = 0;
    constexpr std::size_t all = 1000;
    for (std::size_t index = 0; index < all; ++index)
    {
        const auto share = spread(session::session_id("session-" + std::to_string(index)));
        REQUIRE(share >= 0.0);
        REQUIRE(share < 1.0);
        early += share < 0.25 ? 1 : 0;
    }
    CHECK(early > all / 5);
    CHECK(early < all / 3);
}

TEST_CASE("pauses after failures double up to five minutes and differ between sessions", "[gateway]")
{
    const auto [failures, share, expected] = GENERATE(table<std::uint32_t, double, seconds>({
        {0, 0.0, 5s},
        {1, 0.0, 5s},
        {2, 0.0, 10s},
        {6, 0.0, 160s},
        {7, 0.0, 300s},
        {4'000'000'000U, 0.0, 300s},
        {7, 0.5, 225s},
        {1, 0.99, 2s},
    }));
    CHECK(pause_after(failures, share) == expected);
}

TEST_CASE("only the provider and our own rules have the last word", "[gateway]")
{
    const auto [code, where, expected] = GENERATE(table<errc, std::string_view, bool>({
        {errc::oidc_refresh_refused, "token_response.invalid_grant", true},
        {errc::oidc_account_not_allowed, "id_token.hd", true},
        {errc::oidc_email_unverified, "", true},
        {errc::oidc_email_domain_refused, "", true},
        {errc::oidc_missing_user_claim, "", true},
        {errc::oidc_issuer_mismatch, "id_token.iss", true},
        {errc::oidc_issuer_mismatch, "metadata.issuer", false},
        {errc::oidc_refresh_failure, "", false},
        {errc::oidc_metadata_fetch_failure, "", false},
        {errc::oidc_key_fetch_failure, "", false},
        {errc::oidc_userinfo_failure, "", false},
        {errc::oidc_directory_failure, "", false},
        {errc::oidc_generic_token_failure, "id_token.signature", false},
        {errc::session_store_unavailable, "", false},
        {errc::internal_error, "", false},
    }));
    CAPTURE(where);
    CHECK(is_final({code, where, {}}) == expected);
}

TEST_CASE(
    "what no store took is tried again after a second at the latest, well within a lock's life", "[gateway]"
)
{
    const auto [last, expected] = GENERATE(table<std::chrono::milliseconds, std::chrono::milliseconds>({
        {1ms, 2ms},
        {300ms, 600ms},
        {600ms, 1000ms},
        {1000ms, 1000ms},
        {30'000ms, 1000ms},
    }));
    CHECK(keep_again_after(last) == expected);
}

TEST_CASE("nobody is asked for silently more than once a minute", "[gateway]")
{
    const auto [life, passed, expected] = GENERATE(table<seconds, seconds, new_sign_in>({
        {0s, 0s, new_sign_in::no},
        {0s, 59s, new_sign_in::no},
        {0s, 60s, new_sign_in::silent},
        {1s, 30s, new_sign_in::no},
        {300s, 299s, new_sign_in::no},
        {300s, 300s, new_sign_in::silent},
    }));
    CAPTURE(life.count(), passed.count());
    auto value = with_tokens(life);
    value.refresh_token = {};
    CHECK(new_sign_in_for(value, {.silent_sign_in = true}, 0, test::noon + passed) == expected);
}

TEST_CASE("a silent sign-in is done aloud where asking again silently would end the same way", "[gateway]")
{
    const auto [code, where, expected] = GENERATE(table<errc, std::string_view, bool>({
        {errc::oidc_interaction_required, "", true},
        {errc::oidc_access_denied, "", true},
        {errc::oidc_auth_error, "", true}, // invalid_request: it does not know prompt=none
        {errc::oidc_missing_email_claim, "", true},
        {errc::oidc_email_domain_refused, "", true},
        {errc::oidc_provider_unavailable, "", false},
        {errc::oidc_key_fetch_failure, "", false},
        {errc::session_store_unavailable, "", false},
    }));
    CAPTURE(static_cast<int>(code));
    CHECK(wants_the_person({code, where, {}}) == expected);
}
