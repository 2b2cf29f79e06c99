// SPDX-License-Identifier: Apache-2.0
// Paths that demand scopes, and paths with parameters of their own for the sign-ins that begin there.
#include "flow/house.hpp"
#include "flow/pipeline_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

access::step_up_rule rule(std::string_view path, std::vector<std::string> scopes)
{
    access::step_up_rule made{access::path_pattern::parse(path).value(), {}};
    made.demand.scopes = std::move(scopes);
    return made;
}

house_plan with_rules()
{
    auto reports = rule("/reports/*", {"reports.read", "reports.write"});
    auto files = rule("/files/*", {"files"});
    auto guests = rule("/guests/*", {});
    guests.parameters = {{"kc_idp_hint", "guests"}, {"hd", "*"}};
    house_plan plan;
    plan.policy = access::policy({}, {reports, files, guests});
    plan.configure = [](provider::configuration& main)
    { main.wishes.extra = {{"hd", "example.com"}, {"x", "1"}}; };
    return plan;
}

// What the token endpoint grants from now on; nullptr: it does not say.
void grant(fake_provider& peer, const nlohmann::json& scope)
{
    peer.instead["/token"] = [&peer, scope](const net::outgoing_request&)
    {
        nlohmann::json all{{"id_token", peer.id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}};
        if (!scope.is_null())
            all["scope"] = scope;
        return json_reply(all);
    };
}

std::string asked_scope(const house::journey& there)
{
    return parameter_of(there.provider_address.text(), "scope");
}

} // namespace

TEST_CASE("a session without the scopes of a path is sent for them once, and loses nothing", "[flow]")
{
    house here(with_rules());
    grant(here.peer, "openid email profile");
    const auto first = here.leave("/orders");
    CHECK(asked_scope(first) == "openid profile email");
    here.come_back(first);
    CHECK(here.get("/orders").status == 200);

    const auto more = here.leave("/files/1");
    CHECK(asked_scope(more) == "openid profile email files");
    grant(here.peer, "openid files");
    CHECK(here.come_back(more).field("Location") == "/files/1");
    CHECK(here.get("/files/1").status == 200);

    const auto rest = here.leave("/reports/7?a=1");
    CHECK(asked_scope(rest) == "openid profile email reports.read reports.write files");
    grant(here.peer, "openid reports.read reports.write files");
    CHECK(here.come_back(rest).field("Location") == "/reports/7?a=1");
    CHECK(here.get("/reports/7?a=1").status == 200);
    CHECK(here.get("/files/1").status == 200);
}

TEST_CASE("a sign-in that begins at a path asks for its scopes at once", "[flow]")
{
    house here(with_rules());
    grant(here.peer, "openid reports.read reports.write");
    const auto target =
        GENERATE(as<std::string>(), "/reports/1", "/oidc/login?return_to=%2Freports%2F1", "/reports/x/../1");
    const auto there = here.leave(target);
    CHECK(asked_scope(there) == "openid profile email reports.read reports.write");
    here.come_back(there);
    CHECK(here.get("/reports/1").status == 200);
}

TEST_CASE(
    "scopes that are not granted end on a page, without a loop and without losing the session", "[flow]"
)
{
    house here(with_rules());
    grant(here.peer, "openid reports.read");
    here.come_back(here.leave("/reports/1")); // the rest of the application is there for them
    CHECK(here.get("/orders").status == 200);
    const auto back = here.come_back(here.leave("/reports/1"));
    CHECK(back.status == 403);
    CHECK(has(back.body, "oidc_step_up_unmet"));
    CHECK(here.count("sekisho_refusals_total{code=\"oidc_step_up_unmet\"}") == 1);
    CHECK(here.get("/orders").status == 200);
}

TEST_CASE("a program is told which scopes are missing, RFC 6750", "[flow]")
{
    house here(with_rules());
    grant(here.peer, "openid");
    here.sign_in();
    const auto answer = here.get("/reports/1", errand::fetch);
    CHECK(answer.status == 401);
    CHECK(has(answer.body, "step_up_required"));
    CHECK(has(answer.field("WWW-Authenticate"), "Bearer error=\"insufficient_scope\""));
    CHECK(has(answer.field("WWW-Authenticate"), "scope=\"reports.read reports.write\""));
    CHECK_FALSE(has(answer.field("WWW-Authenticate"), "insufficient_user_authentication"));
    CHECK(answer.all("Set-Cookie").empty());
}

TEST_CASE(
    "parameters of a path go to the provider with the sign-ins that begin there, and demand nothing", "[flow]"
)
{
    house here(with_rules());
    const auto there = here.leave("/guests/1");
    const auto& address = there.provider_address.text();
    CHECK(parameter_of(address, "kc_idp_hint") == "guests");
    CHECK(parameter_of(address, "hd") == "*"); // not the configured one
    CHECK(parameter_of(address, "x") == "1");
    CHECK(parameter_of(address, "scope") == "openid profile email");
    here.come_back(there);
    CHECK(here.get("/guests/1").status == 200);
    here.get("/logout");
    const auto other = here.leave("/orders").provider_address.text();
    CHECK(parameter_of(other, "kc_idp_hint").empty());
    CHECK(parameter_of(other, "hd") == "example.com");
    here.sign_in();
    CHECK(here.get("/guests/1").status == 200); // wherever the sign-in began
}

TEST_CASE("the login address sends somebody on to the provider whose page demands more", "[flow]")
{
    house here(with_rules());
    grant(here.peer, "openid");
    here.sign_in();
    CHECK(here.get("/oidc/login?return_to=%2Forders").field("Location") == "/orders");
    const auto there = here.leave("/oidc/login?return_to=%2Ffiles%2F1");
    CHECK(asked_scope(there) == "openid profile email files");
    grant(here.peer, "openid files");
    CHECK(here.come_back(there).field("Location") == "/files/1");
}

TEST_CASE("only an answer that the provider signed says through the browser what was granted", "[flow]")
{
    auto plan = with_rules();
    plan.flow = oidc::flow::id_token_token;
    plan.mode = oidc::response_mode::jwt;
    house here(std::move(plan));
    const auto there = here.leave("/files/1");
    const auto scope = GENERATE(as<std::string>(), "openid files", "openid");
    const auto jwt = here.peer.signed_response(
        {{"state", there.state},
         {"access_token", "at-1"},
         {"token_type", "Bearer"},
         {"scope", scope},
         {"id_token", here.peer.front_id_token("", "at-1")}}
    );
    CHECK(here.post("/oidc/callback", "response=" + jwt, errand::form_elsewhere).status == 303);
    CHECK(here.get("/files/1").status == (scope == "openid" ? 303 : 200));
}

TEST_CASE("whoever has a code's answer in hand cannot grant themselves more", "[flow]")
{
    auto plan = with_rules();
    plan.flow = GENERATE(oidc::flow::pkce, oidc::flow::code_id_token);
    house here(std::move(plan));
    grant(here.peer, "openid");
    const auto there = here.leave("/files/1");
    const auto query = here.honest_query(there) + "&scope=openid+files";
    const auto back = oidc::is_always_posted(here.plan.flow)
                          ? here.post("/oidc/callback", query, errand::form_elsewhere)
                          : here.get("/oidc/callback?" + query, errand::link_elsewhere);
    CHECK(back.status == 303);
    CHECK(here.get("/orders").status == 200);
    CHECK(here.get("/files/1").status == 303);
}

TEST_CASE(
    "whoever takes a scope out of the request in their browser has not been granted it by silence", "[flow]"
)
{
    house here(with_rules());
    grant(
        here.peer, nullptr
    ); // RFC 6749, 5.1: "identical to the scope requested", as the provider received it
    here.come_back(here.leave("/files/1"));
    CHECK(here.get("/orders").status == 200);
    const auto more = here.leave("/files/1");
    CHECK(asked_scope(more) == "openid profile email files"); // until somebody edits the address
    CHECK(here.come_back(more).status == 403);
    CHECK(here.count("sekisho_refusals_total{code=\"oidc_step_up_unmet\"}") == 1);
    CHECK(here.get("/orders").status == 200);
}

TEST_CASE("a provider that says nothing has granted what the browser could not change", "[flow]")
{
    temporary_directory disk;
    const auto is_pushed = GENERATE(true, false);
    auto plan = with_rules();
    plan.configure =
        [is_pushed, file = disk.write("key.pem", openssl_ec_pkcs8)](provider::configuration& main)
    {
        if (is_pushed)
            main.wishes.pushed = provider::pushing::always;
        else
            main.wishes.object = provider::request_object::encrypted;
        main.proofs.signing_key = file;
        main.authentication = oidc::client_authentication::client_secret_post;
    };
    house here(std::move(plan));
    here.peer.decryption_pem = private_pem("P-256");
    here.peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
    grant(here.peer, nullptr);
    here.come_back(here.leave("/orders"));
    CHECK(here.come_back(here.leave("/files/1")).field("Location") == "/files/1");
    CHECK(here.get("/files/1").status == 200);
    CHECK(here.get("/reports/1").status == 303); // which nobody asked for
}

TEST_CASE("a request that is only signed can be sent without its signature too", "[flow]")
{
    temporary_directory disk;
    auto plan = with_rules();
    plan.configure = [file = disk.write("key.pem", openssl_ec_pkcs8)](provider::configuration& main)
    {
        main.wishes.object = provider::request_object::signed_by_us;
        main.proofs.signing_key = file;
        main.authentication = oidc::client_authentication::client_secret_post;
    };
    house here(std::move(plan));
    grant(here.peer, nullptr);
    here.come_back(here.leave("/files/1"));
    CHECK(here.get("/files/1").status == 303);
}

TEST_CASE("a session that is renewed without a word asks for what it had", "[flow]")
{
    pipeline_house here(
        [](settings::model& with)
        {
            with.session.silent_sign_in = true;
            with.access.step_up = {{.path = "/files/*", .acr = {}, .scopes = {"files"}}};
        }
    );
    here.sign_in(
        [](session::session& of)
        {
            of.tokens_end = wall_clock_now() - 1s;
            of.scope = "files forgotten"; // no rule names the second any more
        }
    );
    const auto away = here.open("/orders");
    REQUIRE(away.status == 303);
    CHECK(parameter_of(away.field("Location"), "prompt") == "none");
    CHECK(parameter_of(away.field("Location"), "scope") == "openid profile email files");
}
