// SPDX-License-Identifier: Apache-2.0
// The store of sessions does not answer: never a sign-in, never a word that is not true.
#include "flow/pipeline_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

const std::string not_sent = "What you entered was not sent";

client_request asking(const std::string& method, http::owned_fields fields = page_fields)
{
    return {
        .method = method, .target = "/reports", .fields = std::move(fields), .body = {}, .body_failure = {}
    };
}

bool is_down(const client_answer& answer)
{
    return answer.status == 503 && answer.field("Retry-After") == "15" &&
           has(answer.body, "session_store_unavailable") && answer.all("Set-Cookie").empty();
}

void rely_on_what_was_known(settings::model& with) { with.session.stale_while_down = 60s; }

} // namespace

TEST_CASE(
    "a page meets a store that is down: 503 and when to come back, and the session is there again", "[flow]"
)
{
    pipeline_house here;
    here.sign_in();
    REQUIRE(here.open("/reports").status == 200);
    here.shelf->fail_from(1);
    CHECK(is_down(here.open("/reports")));
    CHECK(is_down(here.fetch("/reports")));
    CHECK(here.open("/public/page").status == 200); // nobody has to be signed in there
    here.shelf->work();
    CHECK(here.open("/reports").status == 200);
}

TEST_CASE("signing out while the store is down says that it did not happen", "[flow]")
{
    pipeline_house here;
    here.sign_in();
    here.shelf->fail_from(1);
    const auto refused = here.open("/logout");
    CHECK(is_down(refused)); // the cookie stays too: with it the person can sign out later
    CHECK(refused.field("Clear-Site-Data").empty());
    CHECK_FALSE(here.jar.empty());
    CHECK(is_down(here.send_form("/logout", "")));

    here.shelf->work();
    CHECK(here.is_signed_in());
    CHECK(here.open("/logout").status < 400);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a link on another site asks nobody about a session that nobody knows of", "[flow]")
{
    pipeline_house here;
    here.sign_in();
    here.shelf->fail_from(1);
    auto link = asking("GET");
    link.target = "/logout";
    link.fields[1].second = "cross-site";
    CHECK(is_down(here.ask(link, initiator::cross_site_navigation)));
}

TEST_CASE("while the store is down only reads are answered from what was known", "[flow]")
{
    pipeline_house here(rely_on_what_was_known);
    here.sign_in();
    REQUIRE(here.open("/reports").status == 200);
    here.shelf->fail_from(1);
    CHECK(here.open("/reports").status == 200);
    CHECK(here.application.request(1).field("X-Forwarded-User") == "alice");
    for (const std::string method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    {
        CAPTURE(method);
        CHECK(is_down(here.ask(asking(method, script_fields))));
    }
    CHECK(here.application.request_count() == 2);
}

TEST_CASE("a HEAD is a read, an upgrade is none", "[flow]")
{
    const auto [field, value, is_answered] = GENERATE(table<std::string, std::string, bool>({
        {"Accept", "text/html", true},
        {"Upgrade", "websocket", false},
        {"upgrade", "h2c", false},
    }));
    const std::string method = GENERATE("GET", "HEAD");
    CAPTURE(method, field);
    pipeline_house here(rely_on_what_was_known);
    here.sign_in();
    REQUIRE(here.open("/reports").status == 200);
    here.shelf->fail_from(1);
    auto request = asking(method);
    request.fields.emplace_back(field, value);
    request.fields.emplace_back("Connection", "Upgrade");
    const auto answer = here.ask(request);
    CHECK(answer.status == (is_answered ? 200 : 503));
    CHECK(here.application.request_count() == (is_answered ? 2 : 1));
}

TEST_CASE("nothing is relied on that is not known, nor without the setting", "[flow]")
{
    pipeline_house stranger(rely_on_what_was_known);
    stranger.sign_in(); // this worker has not seen it yet
    stranger.shelf->fail_from(1);
    CHECK(is_down(stranger.open("/reports")));

    pipeline_house usual;
    usual.sign_in();
    REQUIRE(usual.open("/reports").status == 200);
    usual.shelf->fail_from(1);
    CHECK(is_down(usual.open("/reports")));
}

TEST_CASE("who has ended is not answered from what was known", "[flow]")
{
    pipeline_house here(rely_on_what_was_known);
    const auto value = here.sign_in();
    REQUIRE(here.open("/reports").status == 200);
    here.end_session(value.id.str());
    here.shelf->fail_from(1);
    CHECK(here.open("/reports").status != 200);
}

TEST_CASE("a form that meets a store that is down was not sent, and its page says so", "[flow]")
{
    pipeline_house here;
    here.sign_in();
    here.shelf->fail_from(1);
    const auto answer = here.send_form("/orders", "title=a");
    CHECK(is_down(answer));
    CHECK(has(answer.body, not_sent));
    CHECK_FALSE(has(here.open("/orders").body, not_sent)); // nothing was entered there
    CHECK(here.application.request_count() == 0);
    CHECK(here.count("sekisho_refusals_total{code=\"session_store_unavailable\"}") == 2);
}

TEST_CASE("a kept form that the store does not give waits for another time", "[flow]")
{
    pipeline_house here;
    const auto sent = here.send_form("/orders", "title=a");
    REQUIRE(sent.status == 303);
    const auto location = sent.field("Location");
    REQUIRE(location.starts_with("/oidc/login?return_to="));
    const auto form = http::form::parse(location.substr(location.find('?') + 1)).value();
    const std::string at(form.first("return_to").value());
    here.sign_in();
    REQUIRE(here.open("/reports").status == 200);
    here.shelf->fail_only(2); // the session's own look-up works
    const auto answer = here.open(at);
    CHECK(answer.status == 503);
    CHECK(has(answer.body, not_sent));
    here.shelf->work();
    CHECK(has(here.open(at).body, "name=\"title\""));
}
