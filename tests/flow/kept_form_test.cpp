// SPDX-License-Identifier: Apache-2.0
// Forms whose sending meets a session that has ended: kept over the sign-in and sent again, or told to be
// lost.
#include "flow/house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

const std::string entered = "title=a+%26+b%0D%0Ac&note=%E8%AA%9E";

// The form is sent and the person at the provider; where the callback leads then.
std::string signed_in_again(house& here, const std::string& body = entered)
{
    const auto sent = here.post("/orders/new?draft=1", body, errand::form);
    REQUIRE(sent.status == 303);
    CHECK(sent.field("Cache-Control") == "no-store");
    const auto back = here.come_back(here.leave(sent.field("Location")));
    REQUIRE(back.status == 303);
    return back.field("Location");
}

client_answer resumed(house& here, const std::string& at) { return here.get(at, errand::link_elsewhere); }

bool is_lost(const client_answer& answer)
{
    return answer.status == 401 && has(answer.body, "form_not_sent");
}

} // namespace

TEST_CASE(
    "a form that meets no session is sent again after the sign-in, as it was, from a page that says so",
    "[flow]"
)
{
    house here;
    const auto at = signed_in_again(here);
    CHECK(at.starts_with("/oidc/resume?form="));
    const auto page = resumed(here, at);
    CHECK(page.status == 200);
    CHECK(page.field("Cache-Control") == "no-store");
    CHECK(has(page.body, "action=\"https://app.example.com/orders/new?draft=1\""));
    CHECK(has(page.body, "name=\"title\""));
    CHECK(has(page.body, "value=\"a &amp; b\r\nc\""));
    CHECK(has(page.body, "value=\"語\""));
    CHECK(has(page.body, "application/x-www-form-urlencoded"));
    CHECK(has(page.body, "<script>"));
    CHECK(has(page.field("Content-Security-Policy"), "script-src 'sha256-"));
    CHECK(has(page.body, "<button type=\"submit\">"));
}

TEST_CASE("a kept form is sent again once", "[flow]")
{
    house here;
    const auto at = signed_in_again(here);
    CHECK(resumed(here, at).status == 200);
    const auto again = resumed(here, at);
    CHECK(again.status == 410);
    CHECK(has(again.body, "form_gone"));
    CHECK_FALSE(has(again.body, "orders"));
}

TEST_CASE("a kept form belongs to the browser that sent it", "[flow]")
{
    house here;
    const auto at = signed_in_again(here);
    std::swap(here.jar, here.other_browser);
    here.sign_in();
    CHECK(resumed(here, at).status == 410);
    std::swap(here.jar, here.other_browser);
    CHECK(resumed(here, at).status == 200); // and was not touched
}

TEST_CASE("a form of one person's ended session is not sent in another's name", "[flow]")
{
    house here;
    here.sign_in();
    here.now += 61min; // idle for too long; the cookie is there still
    here.peer.claims["iat"] = opening + 3660;
    here.peer.claims["exp"] = opening + 4000;
    const auto is_other = GENERATE(true, false);
    if (is_other)
        here.peer.claims["sub"] = "another";
    const auto at = signed_in_again(here);
    const auto page = resumed(here, at);
    CHECK(page.status == (is_other ? 410 : 200));
    CHECK(has(page.body, "a &amp; b") != is_other);
    CHECK(has(page.body, "somebody else was signed in") == is_other);
    CHECK(resumed(here, at).status == 410); // dropped
}

TEST_CASE("whoever comes for a form without a session signs in first, and loses nothing", "[flow]")
{
    house here;
    const auto sent = here.post("/orders/new", entered, errand::form);
    const auto at = parameter_of(sent.field("Location"), "return_to");
    const auto back = here.come_back(here.leave(at));
    CHECK(back.field("Location") == at);
    CHECK(resumed(here, at).status == 200);
}

TEST_CASE("a multipart form without files is kept, with the fields in which no file was chosen", "[flow]")
{
    house here;
    client_request request{
        .method = "POST", .target = "/upload", .fields = {}, .body = {}, .body_failure = {}
    };
    request.fields.emplace_back("Content-Type", "multipart/form-data; boundary=b");
    request.body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx<y\r\n"
                   "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\nContent-Type: "
                   "application/octet-stream\r\n\r\n\r\n--b--\r\n";
    const auto sent = here.ask(request, errand::form);
    REQUIRE(sent.status == 303);
    const auto page = resumed(here, here.come_back(here.leave(sent.field("Location"))).field("Location"));
    CHECK(has(page.body, "enctype=\"multipart/form-data\""));
    CHECK(has(page.body, "value=\"x&lt;y\""));
    CHECK(has(page.body, "type=\"file\" hidden"));
}

TEST_CASE("a form that cannot be kept ends on a page that says it was not sent", "[flow]")
{
    house_plan plan;
    plan.largest_form = 100;
    house here(std::move(plan));
    CHECK(is_lost(here.post("/x", "a=b", errand::form_elsewhere))); // never across sites
    CHECK(is_lost(here.post("/x", "a=" + std::string(99, 'b'), errand::form)));
    CHECK(is_lost(here.post("/x", "a=%FF", errand::form))); // no UTF-8: it would not arrive as it was
    CHECK(is_lost(here.post("/x", "a=b%0Ac", errand::form)));
    CHECK(is_lost(here.post("/x", "a=%00", errand::form)));
    CHECK(here.post("/x", "a=" + std::string(98, 'b'), errand::form).status == 303);
    client_request file{.method = "POST", .target = "/x", .fields = {}, .body = {}, .body_failure = {}};
    file.fields.emplace_back("Content-Type", "multipart/form-data; boundary=b");
    file.body = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\ny\r\n--b--\r\n";
    CHECK(is_lost(here.ask(file, errand::form)));
    file.fields = {{"Content-Type", "text/plain"}};
    CHECK(is_lost(here.ask(file, errand::form)));
    CHECK(here.count("sekisho_refusals_total{code=\"form_not_sent\"}") == 7);
}

TEST_CASE("no form is kept where session.keep_form is 0", "[flow]")
{
    house_plan plan;
    plan.largest_form = 0;
    house here(std::move(plan));
    CHECK(is_lost(here.post("/x", "", errand::form)));
}

TEST_CASE("a program and a script are told that there is no session, as ever", "[flow]")
{
    house here;
    for (const auto why : {errand::fetch, errand::bare})
    {
        const auto answer = here.post("/x", "a=b", why);
        CHECK(answer.status == 401);
        CHECK(has(answer.body, "session_required"));
        CHECK(answer.all("Set-Cookie").empty());
    }
}

TEST_CASE("forms wait as long as a sign-in may take, each under its own address", "[flow]")
{
    house here;
    const auto first = here.post("/a", "n=1", errand::form);
    const auto second = here.post("/b", "n=2", errand::form);
    here.sign_in();
    const auto at_second = parameter_of(second.field("Location"), "return_to");
    CHECK(has(resumed(here, at_second).body, "https://app.example.com/b"));
    here.now += 15min; // the key's cookie ends
    CHECK(resumed(here, parameter_of(first.field("Location"), "return_to")).status == 410);
}

TEST_CASE("a script cannot fetch a kept form, nor a HEAD use it up", "[flow]")
{
    house here;
    const auto at = signed_in_again(here);
    CHECK(here.get(at, errand::fetch).status == 410);
    client_request head{.method = "HEAD", .target = at, .fields = {}, .body = {}, .body_failure = {}};
    CHECK(here.ask(head, errand::navigation).status == 405);
    CHECK(resumed(here, at).status == 200);
}

TEST_CASE("a form for a provider's path is kept for a sign-in at that provider", "[flow]")
{
    house_plan plan;
    provider::offer corp;
    corp.paths = {"/corp/*"};
    plan.further = {further_provider("corp", corp)};
    house here(std::move(plan));
    const auto sent = here.post("/corp/new", "a=b", errand::form);
    CHECK(here.leave(sent.field("Location")).provider_address.origin() == "https://corp.example");
}
