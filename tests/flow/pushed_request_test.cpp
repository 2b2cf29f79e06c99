// SPDX-License-Identifier: Apache-2.0
// Sign-ins whose request goes to the provider before the browser does (RFC 9126), or signed (RFC 9101).
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "flow/house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

house_plan pushing_plan()
{
    house_plan plan;
    plan.administrators.users = {"alice"};
    plan.policy = access::policy({}, {{*access::path_pattern::parse("/admin/*"), {{}, 300s}}});
    return plan;
}

struct pushing_house : house
{
    explicit pushing_house(house_plan wanted = pushing_plan()) : house(std::move(wanted))
    {
        peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
        peer.metadata["require_pushed_authorization_requests"] = true;
    }
    http::form pushed() const { return http::form::parse(peer.last_body("/par")).value(); }
    std::string ticket() { return gateway::make_test_ticket(test_tickets, now, random); }
};

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

const std::string only_reference = "https://idp.example/authorize?client_id=gate&request_uri=urn%3Ax%3A1";

} // namespace

TEST_CASE("somebody signs in with nothing of the request in the browser", "[flow]")
{
    pushing_house here;
    const auto there = here.leave();
    CHECK(there.provider_address.text() == only_reference);
    CHECK(here.pushed().first("redirect_uri") == "https://app.example.com/oidc/callback");
    CHECK(here.pushed().first("code_challenge_method") == "S256");
    CHECK(here.pushed().first("client_id") == "gate");
    CHECK_FALSE(here.pushed().first("client_secret")); // it is in the Authorization field
    CHECK(here.peer.requests().back().fields.back().first == "Authorization");
    CHECK(here.come_back(there).field("Location") == "/reports?a=1");
    CHECK(here.is_signed_in());
    CHECK(here.peer.asked("/par") == 1);
}

TEST_CASE("every way to the provider is pushed", "[flow]")
{
    pushing_house here;
    REQUIRE(here.sign_in().status == 303);
    const auto [way, name, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"/admin/x", "max_age", "300"}, // step-up
        {"/oidc/initiate?iss=https%3A%2F%2Fidp.example&login_hint=bob", "login_hint", "bob"},
        {"/oidc/login?prompt=create", "prompt", "create"},
        {"test", "redirect_uri", "https://app.example.com/oidc/callback"},
    }));
    CAPTURE(way);
    if (way.starts_with("/oidc"))
        here.jar = {};
    here.now += 10min; // for the step-up
    const auto left = here.get(way == "test" ? "/oidc/test?idp=main&ticket=" + here.ticket() : way);
    CHECK(left.status == 303);
    CHECK(left.field("Location") == only_reference);
    CHECK(here.pushed().first(name) == expected);
    CHECK(here.peer.asked("/par") == 2);
}

TEST_CASE("what no person opened is not pushed", "[flow]")
{
    pushing_house here;
    CHECK(here.get("/oidc/login", errand::fetch).status == 401);
    CHECK(here.peer.asked("/par") == 0);
}

TEST_CASE("a request that is refused leaves the person here, with a page and without a cookie", "[flow]")
{
    const auto [status, answer, expected] = GENERATE(table<int, nlohmann::json, int>({
        {400, {{"error", "invalid_request"}, {"error_description", "unknown redirect"}}, 400},
        {401, {{"error", "invalid_client"}}, 400},
        {200, {{"request_uri", "urn:x:1"}, {"expires_in", 60}}, 400},
        {503, {{"error", "temporarily_unavailable"}}, 503},
    }));
    pushing_house here;
    here.peer.instead["/par"] = [&](const net::outgoing_request&) { return json_reply(answer, status); };
    const auto page = here.get("/oidc/login");
    CHECK(page.status == expected);
    CHECK(page.all("Set-Cookie").empty());
    CHECK(page.field("Location").empty());
    CHECK(has(page.body, status == 503 ? "oidc_provider_unavailable" : "oidc_auth_error"));
    CHECK_FALSE(has(page.body, "unknown redirect")); // for the log
    CHECK(here.peer.asked("/par") == 1);
}

TEST_CASE("a provider that does not answer a pushed request is asked once by everybody who comes", "[flow]")
{
    pushing_house here;
    here.peer.instead["/par"] = [](const net::outgoing_request&)
    { return fail(errc::network_timeout, "connect"); };
    CHECK(here.get("/oidc/login").status == 503);
    CHECK(here.get("/oidc/login").status == 503);
    CHECK(here.peer.asked("/par") == 1);
    here.peer.instead.clear();
    here.now += 1s;
    CHECK(here.get("/oidc/login").status == 303);
}

TEST_CASE("the report of a test has the pushed request, and its refusal with the provider's words", "[flow]")
{
    pushing_house here;
    const auto address = "/oidc/test?idp=main&ticket=" + here.ticket();
    const auto report = here.come_back(here.leave(address));
    CHECK(has(report.body, "Sent to the provider before the browser"));
    CHECK(has(report.body, "https://idp.example/par"));
    CHECK(has(report.body, "code_challenge_method"));
    here.peer.instead["/par"] = [](const net::outgoing_request&)
    { return json_reply({{"error", "invalid_request"}, {"error_description", "unknown redirect"}}, 400); };
    const auto failed = here.get(address);
    CHECK(failed.status == 200);
    CHECK(failed.all("Set-Cookie").empty());
    CHECK(has(failed.body, "oidc_auth_error"));
    CHECK(has(failed.body, "unknown redirect"));
    CHECK(has(failed.body, "Answer of the provider to it"));
    CHECK_FALSE(has(failed.body, "s3cret"));
    CHECK_FALSE(has(failed.body, base64_encode(as_bytes("gate:s3cret"))));
}

TEST_CASE("a provider that takes only what we signed signs people in, by the browser or pushed", "[flow]")
{
    const temporary_directory disk;
    const auto is_pushed = GENERATE(false, true);
    house_plan plan;
    plan.configure = [&](provider::configuration& what)
    {
        what.wishes.object = provider::request_object::signed_by_us;
        what.proofs.signing_key = disk.write("key.pem", openssl_ec_pkcs8);
        what.authentication = oidc::client_authentication::client_secret_post;
    };
    pushing_house here(plan);
    here.peer.metadata["require_pushed_authorization_requests"] = is_pushed;
    here.peer.metadata["require_signed_request_object"] = true;
    const auto there = here.leave();
    const auto& address = there.provider_address.text();
    CHECK((address == only_reference) == is_pushed);
    const auto object = is_pushed ? std::string(here.pushed().first("request").value_or(""))
                                  : parameter_of(address, "request");
    const auto jws = crypto::take_apart(object);
    REQUIRE(jws);
    const auto published = json::parse(here.get("/oidc/jwks", errand::bare).body)["keys"];
    CHECK(crypto::verify(*jws, crypto::verification_key::from_jwk(published.at(0)).value()));
    CHECK(json::parse(as_text(jws->payload))["aud"] == "https://idp.example");
    CHECK(parameter_of(address, "state").empty());
    CHECK(here.come_back(there).status == 303);
    CHECK(here.is_signed_in());
}
