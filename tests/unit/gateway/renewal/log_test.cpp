// SPDX-License-Identifier: Apache-2.0
// What the log says of renewals that fail.
#include "gateway/renewal/renewal.hpp"
#include "support/captured_output.hpp"
#include "unit/gateway/renewal/house.hpp"

using namespace sekisho;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using gateway::after_failure;
using test::renewal_house;

namespace
{

// What is logged while these are renewed.
std::string log_of(renewal_house& the, const std::vector<session::session>& values)
{
    test::captured_output out;
    log::configure(log::level::info, log::format::text);
    for (const auto& each : values)
        static_cast<void>(the.renew(each));
    log::configure(log::level::off, log::format::text);
    return out.take();
}

} // namespace

TEST_CASE("a renewal that failed says when it is tried next and how long the session lives", "[gateway]")
{
    const auto [rule, passed, next, until] =
        GENERATE(table<after_failure, std::chrono::seconds, std::string, std::string>({
            {after_failure::keep, 240s, "the pause", "the session's limit"},
            {after_failure::keep, 299s, "the pause", "the session's limit"},
            {after_failure::sign_in_again, 299s, "1s", "the session's limit"},
            {after_failure::end, 240s, "the pause", "the tokens' end"},
            {after_failure::end, 299s, "1s", "the tokens' end"},
            {after_failure::end, 300s, "never", "now"},
        }));
    CAPTURE(static_cast<int>(rule), passed.count());
    test::renewal_house_plan plan;
    plan.by.when_it_fails = rule;
    renewal_house the(plan);
    const auto before = the.sign_in();
    the.peer.instead["/token"] = [](const auto&) -> result<net::incoming_response>
    { return fail(errc::network_failure, "http_client", "no route"); };
    the.now += passed;
    const auto pause = gateway::pause_after(1, gateway::spread(before.id));
    REQUIRE(pause > 1s);
    const auto end = until == "now"               ? the.now
                     : until == "the tokens' end" ? *before.tokens_end
                                                  : before.expires;
    CHECK_THAT(
        log_of(the, {before}),
        Contains("token_renewal_failed code=oidc_refresh_failure") &&
            Contains(
                " failures=1 next_try_in=" + (next == "the pause" ? format_duration(pause) : next) +
                " session_goes_on_until=" + format_time(end) + "\n"
            )
    );
}

TEST_CASE("while the store is down renewals that cannot be are not told one by one", "[gateway]")
{
    renewal_house the;
    const auto first = the.sign_in("id-1");
    const auto second = the.sign_in("id-2");
    the.now += 6min;
    the.shelf->fail_from(1);
    const auto text = log_of(the, {first, second});
    const auto line = text.find("token_renewal_failed code=session_store_unavailable");
    REQUIRE(line != std::string::npos);
    CHECK(text.find("token_renewal_failed", line + 1) == std::string::npos);
}
