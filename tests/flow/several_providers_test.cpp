// SPDX-License-Identifier: Apache-2.0
// Several providers: which one a person is sent to, and that what comes back is of that one.
#include "flow/house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

// "main" (idp.example) for everybody and "corp" (corp.example) for people of corp.example.
house_plan two_providers()
{
    house_plan plan;
    plan.configure = [](provider::configuration& main)
    {
        main.offer.label = "Everybody";
        main.wishes.login_parameters = {{"login_hint", {}}, {"prompt", "login"}};
    };
    provider::offer offer;
    offer.label = "Corp";
    offer.email_domains = {"corp.example"};
    plan.further = {further_provider("corp", std::move(offer))};
    return plan;
}

const std::string to_main = "/oidc/login?idp=main&return_to=%2Freports";
const std::string to_corp = "/oidc/login?idp=corp&return_to=%2Freports";

} // namespace

TEST_CASE("a person is asked, follows a link, and comes back to the page", "[flow]")
{
    house here(two_providers());
    const auto sent = here.get("/reports?a=1");
    REQUIRE(sent.status == 303);
    CHECK(sent.field("Location") == "/oidc/login?return_to=%2Freports%3Fa%3D1");
    CHECK(sent.all("Set-Cookie").empty());

    const auto page = here.get(sent.field("Location"));
    CHECK(page.status == 200);
    CHECK(has(page.body, "Everybody"));
    CHECK(has(page.body, "href=\"/oidc/login?idp=corp&amp;return_to=%2Freports%3Fa%3D1\""));
    CHECK(has(page.field("Content-Security-Policy"), "form-action 'self' https:"));
    CHECK(page.all("Set-Cookie").empty()); // nothing has begun

    const auto begun = here.leave("/oidc/login?idp=main&return_to=%2Freports%3Fa%3D1");
    CHECK(begun.provider_address.host() == "idp.example");
    const auto back = here.come_back(begun);
    CHECK(back.status == 303);
    CHECK(back.field("Location") == "/reports?a=1");
    CHECK(has(here.get("/oidc/session", errand::fetch).body, "\"provider\":\"main\""));
}

TEST_CASE("what a link says goes along over the page to choose on, to whom it may be said", "[flow]")
{
    house here(two_providers());
    const auto page = here.get("/oidc/login?return_to=%2Fx&login_hint=a%40b.example&scope=admin");
    REQUIRE(page.status == 200);
    CHECK(has(page.body, "href=\"/oidc/login?idp=main&amp;return_to=%2Fx&amp;login_hint=a%40b.example\""));
    CHECK(has(page.body, "href=\"/oidc/login?idp=corp&amp;return_to=%2Fx\"")); // its link may say nothing
    CHECK(has(page.body, "name=\"login_hint\" value=\"a@b.example\""));
    CHECK_FALSE(has(page.body, "admin"));
}

TEST_CASE("a path or a host of a provider leads there without a choice", "[flow]")
{
    auto plan = two_providers();
    plan.further.front().offer.paths = {"/corp/*"};
    provider::offer partners;
    partners.hosts = {"partners.example.com"};
    plan.further.push_back(further_provider("partners", std::move(partners)));
    house here(std::move(plan));
    const auto [host, target, to] = GENERATE(table<std::string, std::string, std::string>({
        {"app.example.com", "/corp/reports", "https://corp.example"},
        {"app.example.com", "/oidc/login?return_to=%2Fcorp%2Fx", "https://corp.example"},
        {"partners.example.com", "/corp/reports", "https://partners.example"},
        {"partners.example.com", "/", "https://partners.example"},
        {"app.example.com", "/corporation", "https://idp.example"}, // the one that names no path
    }));
    CAPTURE(host, target);
    here.requested_host = host;
    const auto sent = here.get(target);
    REQUIRE(sent.status == 303);
    CHECK(url::parse(sent.field("Location"))->origin() == to);
    CHECK(here.get("/oidc/login?idp=partners").status == (host == "partners.example.com" ? 303 : 400));
}

TEST_CASE("programs get no page to choose on", "[flow]")
{
    house here(two_providers());
    const auto why = GENERATE(errand::fetch, errand::bare, errand::frame_elsewhere);
    CHECK(here.get("/reports", why).status == 401);
    CHECK(here.get("/oidc/login", why).status == 401);
}

TEST_CASE("the provider of the last time stands first", "[flow]")
{
    house here(two_providers());
    here.leave(to_main);
    const auto page = here.get("/oidc/login");
    REQUIRE(page.status == 200);
    CHECK(page.body.find("idp=main") < page.body.find("idp=corp"));
    CHECK(has(page.body, "Last time you used"));
}

TEST_CASE("an address leads to its domain's provider, with itself as the hint", "[flow]")
{
    house here(two_providers());
    const auto answer = here.post("/oidc/login", "email=a%40CORP.example&return_to=%2Fx", errand::form);
    REQUIRE(answer.status == 303);
    CHECK(has(answer.field("Location"), "https://corp.example/authorize?"));
    CHECK(parameter_of(answer.field("Location"), "login_hint") == "a@CORP.example");
}

TEST_CASE("an address that is nobody's is said to be so, and the others are offered", "[flow]")
{
    house here(two_providers());
    const auto answer = here.post("/oidc/login", "email=a%40else.example&return_to=%2Fx", errand::form);
    CHECK(answer.status == 200);
    CHECK(has(answer.body, "No sign-in is set up for addresses like this one"));
    CHECK(has(answer.body, "idp=main"));
    CHECK_FALSE(has(answer.body, "idp=corp"));
    CHECK(has(answer.body, "value=\"a@else.example\""));
    const auto wrong = here.post("/oidc/login", "email=a%22%3E%3Cscript%3E", errand::form);
    CHECK(has(wrong.body, "not a complete e-mail address"));
    CHECK_FALSE(has(wrong.body, "<script"));
}

TEST_CASE("a provider that is not configured is refused with its name", "[flow]")
{
    house here(two_providers());
    CHECK(here.get("/oidc/login?idp=other").status == 400);
    CHECK(here.get("/oidc/login?idp=main&email=a%40corp.example").status == 400);
    CHECK(here.count("sekisho_refusals_total{code=\"oidc_provider_unknown\"}") == 2);
    CHECK(here.get("/oidc/login?idp=main&idp=corp").status == 400);
}

TEST_CASE("an identity of another domain than its provider's is refused", "[flow]")
{
    house here(two_providers());
    const auto [target, email, code] = GENERATE(table<std::string, std::string, std::string>({
        {to_corp, "eve@else.example", "oidc_email_domain_refused"},
        {to_corp, "eve@sub.corp.example", "oidc_email_domain_refused"},
        {to_main, "boss@corp.example", "oidc_email_domain_elsewhere"},
        {to_main, "boss@Corp.Example", "oidc_email_domain_elsewhere"},
    }));
    CAPTURE(target, email);
    const auto begun = here.leave(target);
    here.peer_of(begun).claims["email"] = email;
    const auto back = here.come_back(begun);
    CHECK(back.status == 403);
    CHECK(has(back.body, code));
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("an identity of its provider's domain is let in", "[flow]")
{
    house here(two_providers());
    const auto begun = here.leave(to_corp);
    here.peer_of(begun).claims["email"] = "boss@corp.example";
    CHECK(here.come_back(begun).status == 303);
    CHECK(here.is_signed_in());
}

TEST_CASE("mix-up: an answer of one provider for a sign-in at another redeems nothing, RFC 9207", "[flow]")
{
    house here(two_providers());
    const auto begun = here.leave(to_main);
    http::form_writer query;
    query.add("state", begun.state).add("code", "code-of-corp").add("iss", "https://corp.example");
    const auto back = here.get("/oidc/callback?" + query.text(), errand::link_elsewhere);
    CHECK(back.status == 400);
    CHECK(has(back.body, "oidc_issuer_mismatch"));
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.further.front()->asked("/token") == 0);
}

TEST_CASE("mix-up: without `iss` the code goes to the provider that the sign-in began with", "[flow]")
{
    house here(two_providers());
    here.peer.metadata.erase("authorization_response_iss_parameter_supported");
    const auto begun = here.leave(to_main);
    // corp's token, in corp's name, for our client and with this very nonce
    here.further.front()->remember(begun.nonce);
    const auto foreign = here.further.front()->id_token();
    here.peer.instead["/token"] = [&](const auto&) -> result<net::incoming_response>
    { return json_reply({{"id_token", foreign}, {"access_token", "at"}, {"token_type", "Bearer"}}); };
    const auto back =
        here.get("/oidc/callback?state=" + begun.state + "&code=code-of-corp", errand::link_elsewhere);
    CHECK(back.status == 400);
    CHECK(here.peer.asked("/token") == 1);
    CHECK(here.further.front()->asked("/token") == 0);
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("who is signed in goes on, unless the link names another provider", "[flow]")
{
    house here(two_providers());
    here.come_back(here.leave(to_main));
    CHECK(here.get("/oidc/login?return_to=%2Fx").field("Location") == "/x");
    CHECK(here.get("/oidc/login?idp=main&return_to=%2Fx").field("Location") == "/x");
    CHECK(has(here.get(to_corp).field("Location"), "https://corp.example/"));
    CHECK(has(here.get(to_main + "&prompt=login").field("Location"), "prompt=login"));
    CHECK(here.get(to_main + "&prompt=none").field("Location") == "/reports"); // not listed: not said
}

TEST_CASE("signing out goes to the session's provider, in its own words", "[flow]")
{
    auto plan = two_providers();
    plan.further.front().sign_out = provider::sign_out_form::cognito;
    house here(std::move(plan));
    const auto begun = here.leave(to_corp);
    here.peer_of(begun).claims["email"] = "boss@corp.example";
    here.come_back(begun);
    CHECK(
        here.get("/logout").field("Location") ==
        "https://corp.example/end?client_id=gate&logout_uri=https%3A%2F%2Fapp.example.com%2Flogout"
    );
    CHECK_FALSE(here.is_signed_in());
}

TEST_CASE("a provider that is not told of the sign-out asks who it is the next time, once", "[flow]")
{
    house_plan plan;
    plan.configure = [](auto& settings) { settings.sign_out = provider::sign_out_form::none; };
    house here(std::move(plan));
    here.sign_in();
    const auto out = here.get("/logout");
    CHECK(out.status == 200); // our page, although the provider has an address
    CHECK(parameter_of(here.leave().provider_address.text(), "prompt") == "select_account");
    CHECK(parameter_of(here.leave().provider_address.text(), "prompt").empty());
}

TEST_CASE("one provider's front channel does not end another's session", "[flow]")
{
    auto plan = two_providers();
    plan.site = session::same_site::none;
    house here(std::move(plan));
    here.come_back(here.leave(to_main));
    const auto call = [&](const std::string& query)
    { return here.get("/logout?" + query, errand::frame_elsewhere).status; };
    CHECK(call("iss=https%3A%2F%2Fcorp.example&sid=sid-1") == 200);
    CHECK(here.is_signed_in());
    CHECK(call("iss=https%3A%2F%2Fnobody.example&sid=sid-1") == 400);
    CHECK(here.is_signed_in());
    CHECK(call("iss=https%3A%2F%2Fidp.example&sid=sid-1") == 200);
    CHECK_FALSE(here.is_signed_in());
}
