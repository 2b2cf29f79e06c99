// SPDX-License-Identifier: Apache-2.0
// A sign-in that a portal or the provider begins (OpenID Connect Core 4).
#include "flow/house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

house_plan two_providers()
{
    house_plan plan;
    plan.further = {further_provider("corp")};
    return plan;
}

const std::string from_corp = "iss=https%3A%2F%2Fcorp.example";

} // namespace

TEST_CASE("a link or a form of elsewhere begins a sign-in at the provider it names", "[flow]")
{
    house here(two_providers());
    const auto query =
        from_corp + "&login_hint=a%40b.example&target_link_uri=https%3A%2F%2Fapp.example.com%2Fx%3Fy%3D1";
    const auto is_posted = GENERATE(false, true);
    const auto answer = is_posted ? here.post("/oidc/initiate", query, errand::form_elsewhere)
                                  : here.get("/oidc/initiate?" + query, errand::link_elsewhere);
    REQUIRE(answer.status == 303);
    const auto to = answer.field("Location");
    CHECK(has(to, "https://corp.example/authorize?"));
    CHECK(parameter_of(to, "login_hint") == "a@b.example");
    auto& corp = *here.further.front();
    corp.remember(parameter_of(to, "nonce"));
    const auto back = here.get(
        "/oidc/callback?code=c&iss=https%3A%2F%2Fcorp.example&state=" + parameter_of(to, "state"),
        errand::link_elsewhere
    );
    CHECK(back.field("Location") == "/x?y=1");
    CHECK(here.is_signed_in());
}

TEST_CASE("who is signed in already is asked at the provider all the same", "[flow]")
{
    house here(two_providers());
    here.come_back(here.leave("/oidc/login?idp=corp"));
    REQUIRE(here.is_signed_in());
    CHECK(
        has(here.get("/oidc/initiate?" + from_corp, errand::link_elsewhere).field("Location"), "/authorize?")
    );
}

TEST_CASE("nothing but the hint goes to the provider", "[flow]")
{
    house here(two_providers());
    const auto answer = here.get(
        "/oidc/initiate?" + from_corp +
            "&scope=admin&prompt=none&acr_values=0&redirect_uri=https%3A%2F%2Fevil.example",
        errand::link_elsewhere
    );
    const auto to = answer.field("Location");
    CHECK(parameter_of(to, "scope") == "openid profile email");
    CHECK(parameter_of(to, "prompt").empty());
    CHECK(parameter_of(to, "acr_values").empty());
    CHECK(parameter_of(to, "redirect_uri") == "https://app.example.com/oidc/callback");
}

TEST_CASE("an issuer that is none of ours, letter by letter, is refused", "[flow]")
{
    house here(two_providers());
    const auto iss = GENERATE(
        as<std::string>(),
        "https%3A%2F%2Fcorp.example%2F",
        "https%3A%2F%2FCORP.example",
        "http%3A%2F%2Fcorp.example",
        "https%3A%2F%2Fcorp.example.evil.example",
        "corp",
        ""
    );
    CAPTURE(iss);
    const auto answer = here.get("/oidc/initiate?iss=" + iss, errand::link_elsewhere);
    CHECK(answer.status == 400);
    CHECK(has(answer.body, "oidc_provider_unknown"));
    CHECK(answer.all("Set-Cookie").empty());
}

TEST_CASE("a provider that signs people in at another host is none of this one's", "[flow]")
{
    house_plan plan;
    provider::offer offer;
    offer.hosts = {"partners.example.com"};
    plan.further = {further_provider("corp", std::move(offer))};
    house here(std::move(plan));
    CHECK(has(here.get("/oidc/initiate?" + from_corp, errand::link_elsewhere).body, "oidc_provider_unknown"));
    here.requested_host = "partners.example.com";
    CHECK(here.get("/oidc/initiate?" + from_corp, errand::link_elsewhere).status == 303);
}

TEST_CASE("CVE-2021-39191: a target that is not ours is refused", "[flow]")
{
    house here(two_providers());
    const auto target = GENERATE(
        as<std::string>(),
        "https%3A%2F%2Fevil.example%2F",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2F%2509%2Fevil.example",
        "https%3A%2F%2Fapp.example.com.evil.example%2F",
        "https%3A%2F%2Fapp.example.com%40evil.example%2F",
        "http%3A%2F%2Fapp.example.com%2F",
        "https%3A%2F%2Fapp.example.com%2Flogout",
        "%2Fx%2F..%2Flogout",
        "javascript%3Aalert(1)"
    );
    CAPTURE(target);
    const auto answer =
        here.get("/oidc/initiate?" + from_corp + "&target_link_uri=" + target, errand::link_elsewhere);
    CHECK(answer.status == 400);
    CHECK(has(answer.body, "oidc_target_refused"));
    CHECK(answer.field("Location").empty());
}

TEST_CASE("frames, scripts, repeated parameters and other methods begin nothing", "[flow]")
{
    house here(two_providers());
    CHECK(here.get("/oidc/initiate?" + from_corp, errand::frame_elsewhere).status == 401);
    CHECK(here.get("/oidc/initiate?" + from_corp, errand::fetch).status == 401);
    CHECK(here.get("/oidc/initiate?" + from_corp + "&" + from_corp).status == 400);
    client_request put{
        .method = "PUT", .target = "/oidc/initiate", .fields = {}, .body = {}, .body_failure = {}
    };
    CHECK(here.ask(std::move(put), errand::fetch).status == 405);
}

TEST_CASE("a provider for several tenants is found by the issuer of a tenant that is let in", "[flow]")
{
    const auto [iss, is_found] = GENERATE(table<std::string, bool>({
        {"https%3A%2F%2Fidp.example%2Fours%2Fv2.0", true},
        {"https%3A%2F%2Fidp.example%2Ftheirs%2Fv2.0", false},
    }));
    house here(
        {.configure =
             [](provider::configuration& main)
         {
             main.issuer =
                 oidc::parse_issuer("https://idp.example/common/v2.0", oidc::transport::https_or_loopback)
                     .value();
             main.issuer.rule = oidc::issuer_rule::tenant_template;
             main.tenants = {"ours"};
         }}
    );
    // Found, it goes on to the metadata, which this provider does not have at that address.
    const auto answer = here.get("/oidc/initiate?iss=" + iss, errand::link_elsewhere);
    CHECK(has(answer.body, "oidc_provider_unknown") == !is_found);
    CHECK(here.peer.requests().empty() == !is_found);
}
