// SPDX-License-Identifier: Apache-2.0
// session.application_sign_out_by: call. The application hears of a sign-out while it still takes the person
// for signed in, and cannot stop it.
#include "flow/house.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

struct told
{
    std::vector<net::outgoing_request> calls;
    std::function<bool()> is_signed_in;
    bool was_signed_in = false;
    result<net::incoming_response> says = net::incoming_response{204, {}, {}};
};

struct listener final : net::http_client
{
    explicit listener(told& what) : to(what) {}
    net::task<result<net::incoming_response>> send(net::outgoing_request request) override
    {
        to.calls.push_back(std::move(request));
        to.was_signed_in = to.is_signed_in();
        co_return to.says;
    }
    told& to;
};

house_plan telling(told& what)
{
    house_plan plan;
    plan.sign_out.application.called = url::parse("http://127.0.0.1:8080/bye").value();
    plan.sign_out.application.make_client = [&what](net::executor
                                            ) -> result<std::unique_ptr<net::http_client>>
    { return std::make_unique<listener>(what); };
    return plan;
}

} // namespace

TEST_CASE("the application is called before the session ends, and its failure stops no sign-out", "[flow]")
{
    const int what = GENERATE(0, 1, 2);
    told of;
    if (what == 1)
        of.says = net::incoming_response{500, {}, {}};
    if (what == 2)
        of.says = fail(errc::network_timeout, "http_client", "no answer");
    house here(telling(of));
    of.is_signed_in = [&here] { return here.opened.size() > 0; };
    here.sign_in();
    REQUIRE(here.is_signed_in());
    CHECK(here.get("/logout").field("Location").starts_with("https://idp.example/end?"));
    REQUIRE(of.calls.size() == 1);
    CHECK(of.was_signed_in);
    CHECK(of.calls.front().target.path() == "/bye");
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("the application is not called by a link elsewhere, nor by the provider", "[flow]")
{
    told of;
    of.is_signed_in = [] { return true; };
    auto plan = telling(of);
    house here(std::move(plan));
    here.get("/logout"); // nobody is signed in
    here.sign_in();
    here.get("/logout", errand::link_elsewhere);
    here.get("/logout?sid=sid-1", errand::frame_elsewhere);
    CHECK(of.calls.empty());
}
