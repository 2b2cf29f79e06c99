// SPDX-License-Identifier: Apache-2.0
#include "provider/caller.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;

TEST_CASE("every call to a provider is counted by what became of it", "[provider]")
{
    test::provider_fixture the;
    const auto with = the.services();
    provider::caller calls(the.what, with);
    the.http.answer_json("{}");
    the.http.answer(net::incoming_response{.status = 400, .fields = {}, .body = {}});
    the.http.answer(fail(errc::network_timeout, "http_client"));
    for (int call = 0; call < 3; ++call)
        (void)test::run(the.context, calls.send(provider::call::token, {}));
    const auto text = the.metrics.expose();
    const auto has = [&](const std::string& outcome, const std::string& count)
    {
        return text.find(
                   R"(sekisho_provider_calls_total{provider="op",call="token",outcome=")" + outcome + "\"} " +
                   count
               ) != std::string::npos;
    };
    CAPTURE(text);
    CHECK(has("ok", "1"));
    CHECK(has("refused", "1"));
    CHECK(has("failed", "1"));
    CHECK(
        text.find(R"(sekisho_provider_call_duration_seconds_count{provider="op",call="token"} 3)") !=
        std::string::npos
    );
}

TEST_CASE("a failure keeps its detail when it gets its meaning", "[provider]")
{
    const auto [detail, expected] = GENERATE(table<std::string, std::string>({
        {"connection refused", "connection refused"},
        {"", "A peer did not answer in time."},
    }));
    const auto got = provider::translated(
        {errc::network_timeout, "http_client", detail}, errc::oidc_userinfo_failure, "userinfo"
    );
    CHECK(got.code == errc::oidc_userinfo_failure);
    CHECK(got.where == "userinfo");
    CHECK(got.detail == expected);
}
