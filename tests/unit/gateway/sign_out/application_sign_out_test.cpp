// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/application_sign_out.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"
#include "support/scripted_http_client.hpp"
#include "support/session_values.hpp"

#include <algorithm>
#include <utility>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

const url called = url::parse("http://127.0.0.1:8080/app/logout").value();

// One call through a client that every test scripts.
struct desk
{
    session::jar ours{session::cookie_config{.reached_by = session::transport::http}};
    test::scripted_http_client application;
    application_sign_out how;
    context about;
    int clients = 0;

    desk()
    {
        how.called = called;
        how.make_client = [this](net::executor) -> result<std::unique_ptr<net::http_client>>
        {
            ++clients;
            return std::make_unique<lent>(application);
        };
        about.request_id = "request-1";
        about.session = std::make_shared<const session::opened_session>(
            test::sample_session(), "X-Forwarded-User: 248289\r\nX-Forwarded-Groups: staff,admins\r\n"
        );
    }
    void sign_out()
    {
        test::client_request request;
        request.fields = {{"Cookie", "a=1; sekisho_session=x; b=2"}};
        test::fake_exchange exchange(std::move(request));
        test::run(sign_out_of_application(how, exchange, about, ours));
    }

private:
    struct lent final : net::http_client
    {
        explicit lent(net::http_client& of) : behind(of) {}
        net::task<result<net::incoming_response>> send(net::outgoing_request request) override
        {
            auto answer = co_await behind.send(std::move(request));
            co_return answer;
        }
        net::http_client& behind;
    };
};

std::string field(const net::outgoing_request& of, std::string_view name)
{
    const auto found = std::ranges::find(of.fields, name, [](const auto& each) { return each.first; });
    return found == of.fields.end() ? "(none)" : found->second;
}

} // namespace

TEST_CASE(
    "the application is told of a sign-out as the person's own request, without our cookies", "[gateway]"
)
{
    desk here;
    here.application.answer(net::incoming_response{204, {}, {}});
    here.sign_out();
    REQUIRE(here.application.calls() == 1);
    const auto& asked = here.application.requests().front();
    CHECK(asked.method == "GET");
    CHECK(asked.target.text() == called.text());
    CHECK(asked.timeout == std::chrono::seconds(5)); // the person waits
    CHECK(field(asked, "Cookie") == "a=1; b=2");
    CHECK(field(asked, "X-Forwarded-User") == "248289");
    CHECK(field(asked, "X-Forwarded-Groups") == "staff,admins");
    CHECK(field(asked, "X-Request-Id") == "request-1");
}

TEST_CASE("the application is asked for nothing of a person without cookies but ours", "[gateway]")
{
    const session::jar ours{session::cookie_config{.reached_by = session::transport::http}};
    const std::vector<http::field> fields{
        {"Cookie", "sekisho_session=x; sekisho_session.1=y; sekisho_signin_a=z"},
        {"X-Forwarded-User", "forged"}
    };
    const auto call = application_call(called, {"POST", "/logout", 11, fields}, {}, ours);
    CHECK(field(call, "Cookie") == "(none)");
    CHECK(field(call, "X-Forwarded-User") == "(none)");
}

TEST_CASE("the application is not asked without a session or an address", "[gateway]")
{
    desk nobody;
    nobody.about.session = nullptr;
    nobody.sign_out();
    CHECK(nobody.clients == 0);

    desk without;
    without.how.called.reset();
    without.sign_out();
    CHECK(without.clients == 0);
}

TEST_CASE("an application that fails at its sign-out stops nothing and is asked once", "[gateway]")
{
    desk here;
    const auto failing = GENERATE(0, 1, 2);
    if (failing == 0)
        here.application.answer(fail(errc::network_timeout, "http_client", "no answer"));
    else if (failing == 1)
        here.application.answer(net::incoming_response{500, {}, {}});
    else
        here.how.make_client = [](net::executor) -> result<std::unique_ptr<net::http_client>>
        { return fail(errc::network_failure, "http_client", "no certificate"); };
    here.sign_out(); // returns
    CHECK(here.application.calls() == (failing == 2 ? 0 : 1));
}
