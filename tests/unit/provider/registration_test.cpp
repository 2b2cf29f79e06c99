// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"
#include "provider/registration.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"
#include "support/scripted_http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

using namespace sekisho;
using nlohmann::json;

namespace
{

struct fixture
{
    fixture() { log::configure(log::level::off, log::format::text); }

    net::asio::io_context io{1};
    test::scripted_http_client http;
    test::fixed_random random;
    metric::registry metrics;
    provider::services with{http, random, metrics, io.get_executor()};
    provider::configuration what = configured();
    provider::caller calls{what, with};
    oidc::kept_registration client{
        oidc::client_id("c-1"), {}, url::parse("https://idp.example/register/c-1").value(), secret("t-1")
    };

    static provider::configuration configured()
    {
        provider::configuration made;
        made.issuer = oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
        made.reach.back_channel = url::parse("http://idp.internal:8080").value();
        return made;
    }
    void next(result<net::incoming_response> answer) { http.answer(std::move(answer)); }
    auto create()
    {
        return test::run(
            io,
            provider::create_client(
                calls, url::parse("https://idp.example/register").value(), {{"scope", "a"}}, secret("i-1")
            )
        );
    }
};

} // namespace

TEST_CASE("a client is registered with one call, where the provider is for us", "[provider]")
{
    fixture the;
    the.next(net::incoming_response{201, {}, R"({"client_id":"c-1","scope":"a"})"});
    const auto got = the.create();
    REQUIRE(test::outcome(got) == "ok");
    CHECK(got->id.view() == "c-1");
    REQUIRE(the.http.requests().size() == 1);
    CHECK(the.http.requests()[0].method == "POST");
    CHECK(the.http.requests()[0].target.text() == "http://idp.internal:8080/register");
}

TEST_CASE("a registration that nobody answered is not sent again: it may have been made", "[provider]")
{
    fixture the;
    the.next(fail(errc::network_timeout, "http_client", "after 10s"));
    const auto got = the.create();
    CHECK(test::outcome(got) == "oidc_provider_unavailable at registration_endpoint");
    CHECK(the.http.requests().size() == 1);
}

TEST_CASE("a client is changed and removed at its own address with its own token", "[provider]")
{
    fixture the;
    the.next(net::incoming_response{200, {}, R"({"client_id":"c-1"})"});
    const auto changed = test::run(the.io, provider::update_client(the.calls, the.client, {{"a", 1}}));
    CHECK(test::outcome(changed) == "ok");
    the.next(net::incoming_response{204, {}, ""});
    CHECK(test::run(the.io, provider::delete_client(the.calls, the.client)));
    REQUIRE(the.http.requests().size() == 2);
    CHECK(the.http.requests()[0].method == "PUT");
    CHECK(the.http.requests()[1].method == "DELETE");
    CHECK(the.http.requests()[1].target.path() == "/register/c-1");
}
