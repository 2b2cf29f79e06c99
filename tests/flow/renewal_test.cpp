// SPDX-License-Identifier: Apache-2.0
// Requests of people whose access token has ended: what the application sees, and who has to sign in.
#include "flow/pipeline_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;
using namespace std::chrono_literals;

namespace
{

void show_tokens(settings::model& with)
{
    with.identity.access_token_header = settings::header_name("X-Access-Token");
}

// Their tokens ended a moment ago.
void has_ended_tokens(session::session& of)
{
    of.refresh_token = secret("rt-1");
    of.tokens_end = wall_clock_now() - 1s;
}

// The next renewals bring these groups.
void grant(pipeline_house& here, const std::string& group)
{
    here.peer.claims["groups"] = {group};
    here.peer.instead["/token"] = [&peer = here.peer](const net::outgoing_request&)
    {
        return json_reply(
            {{"id_token", peer.id_token()},
             {"access_token", "at-1"},
             {"token_type", "Bearer"},
             {"expires_in", 3600},
             {"refresh_token", "rt-2"}}
        );
    };
}

void refuse(pipeline_house& here, int status, const std::string& body)
{
    here.peer.instead["/token"] = [=](const net::outgoing_request&) -> result<net::incoming_response>
    { return net::incoming_response{status, {{"Content-Type", "application/json"}}, body}; };
}

client_request upgrade()
{
    client_request made{
        .method = "GET", .target = "/live", .fields = script_fields, .body = {}, .body_failure = {}
    };
    made.fields[2].second = "websocket";
    for (const auto& [name, value] : http::owned_fields{
             {"Upgrade", "websocket"},
             {"Connection", "Upgrade"},
             {"Origin", "https://app.example.com"},
             {"Sec-WebSocket-Version", "13"},
             {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}
         })
        made.fields.emplace_back(name, value);
    return made;
}

} // namespace

TEST_CASE("a request whose access token has ended waits for the new one, and who it is now", "[flow]")
{
    pipeline_house here(show_tokens);
    here.sign_in(has_ended_tokens);
    grant(here, "board");
    CHECK(here.open("/reports").status == 200);
    const auto seen = here.application.request(0);
    CHECK(seen.field("X-Access-Token") == "at-1");
    CHECK(seen.field("X-Forwarded-Groups") == "board");
    CHECK(here.peer.asked("/token") == 1);
    CHECK(has(here.peer.last_body("/token"), "refresh_token=rt-1"));

    CHECK(here.fetch("/reports").status == 200); // and it is kept
    CHECK(here.application.request(1).field("X-Access-Token") == "at-1");
    CHECK(here.peer.asked("/token") == 1);
    CHECK(here.count("sekisho_token_renewals_total{outcome=\"renewed\"}") == 1);
}

TEST_CASE("a token that ends soon is renewed beside the request", "[flow]")
{
    pipeline_house here(show_tokens);
    here.sign_in(
        [](session::session& of)
        {
            has_ended_tokens(of);
            of.tokens_end = wall_clock_now() + 30s;
        }
    );
    grant(here, "board");
    CHECK(here.open("/reports").status == 200);
    CHECK(here.application.request(0).field("X-Access-Token") == "at-0");
    here.settle();
    CHECK(here.open("/reports").status == 200);
    CHECK(here.application.request(1).field("X-Access-Token") == "at-1");
    CHECK(here.peer.asked("/token") == 1);
}

TEST_CASE(
    "a renewal that the provider refuses ends the session: a page signs in, a program gets 401", "[flow]"
)
{
    const auto is_page = GENERATE(true, false);
    pipeline_house here;
    here.sign_in(has_ended_tokens);
    refuse(here, 400, R"({"error":"invalid_grant"})");
    const auto answer = is_page ? here.open("/reports") : here.fetch("/reports");
    CHECK(answer.status == (is_page ? 303 : 401));
    if (is_page)
        CHECK(answer.field("Location").starts_with("https://idp.example/authorize?"));
    else
        CHECK(has(answer.body, "session_required"));
    CHECK_FALSE(has(answer.field("Location"), "prompt=none"));
    CHECK(here.application.request_count() == 0);

    grant(here, "board"); // too late
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.fetch("/reports").status == 401);
    CHECK(here.peer.asked("/token") == 1);
}

TEST_CASE("a form whose session the provider refuses to renew is kept over the sign-in", "[flow]")
{
    pipeline_house here;
    here.sign_in(has_ended_tokens);
    refuse(here, 400, R"({"error":"invalid_grant"})");
    const auto sent = here.send_form("/orders", "title=a");
    CHECK(sent.status == 303);
    CHECK(has(sent.field("Location"), "%2Foidc%2Fresume"));
    CHECK(here.application.request_count() == 0);
}

TEST_CASE("a public page of a session that cannot be renewed is nobody's", "[flow]")
{
    pipeline_house here;
    here.sign_in(has_ended_tokens);
    refuse(here, 400, R"({"error":"invalid_grant"})");
    CHECK(here.open("/public/page").status == 200);
    CHECK(here.application.request(0).field("X-Forwarded-User").empty());
}

TEST_CASE("while the provider is out of order requests go on with what there is", "[flow]")
{
    const int status = GENERATE(503, 500, 429);
    CAPTURE(status);
    pipeline_house here(show_tokens);
    here.sign_in(has_ended_tokens);
    refuse(here, status, "");
    for (std::size_t number = 0; number < 3; ++number)
    {
        CHECK((number % 2 == 0 ? here.open("/reports") : here.fetch("/reports")).status == 200);
        const auto seen = here.application.request(number);
        CHECK(seen.field("X-Forwarded-User") == "alice");
        CHECK(seen.field("X-Access-Token") == "at-0");
    }
    CHECK(here.is_signed_in());
}

TEST_CASE(
    "where the setting says so an outage at the tokens' end ends the session or signs in again", "[flow]"
)
{
    using settings::refresh_failure;
    const auto [rule, page, program] = GENERATE(table<refresh_failure, int, int>({
        {refresh_failure::end, 303, 401},
        {refresh_failure::reauthenticate, 303, 200}, // the program goes on
        {refresh_failure::keep, 200, 200},
    }));
    CAPTURE(static_cast<int>(rule));
    const auto is_page = GENERATE(true, false);
    pipeline_house here([chosen = rule](settings::model& with) { with.session.on_refresh_failure = chosen; });
    here.sign_in(has_ended_tokens);
    refuse(here, 503, "");
    const auto answer = is_page ? here.open("/reports") : here.fetch("/reports");
    CHECK(answer.status == (is_page ? page : program));
    if (answer.status == 303)
        CHECK(answer.field("Location").starts_with("https://idp.example/authorize?"));
}

TEST_CASE("what begins to last is refused when its session ended while it waited", "[flow]")
{
    pipeline_house here;
    const auto value = here.sign_in(has_ended_tokens);
    here.peer.instead["/token"] = [&](const net::outgoing_request&) -> result<net::incoming_response>
    {
        here.end_session(value.id.str()); // an administrator, meanwhile
        return net::incoming_response{503, {}, {}};
    };
    const auto answer = here.ask(upgrade());
    CHECK(answer.status == 401);
    CHECK(here.application.request_count() == 0);
}

TEST_CASE("a session that ends while it is renewed is not forwarded for", "[flow]")
{
    pipeline_house here;
    const auto value = here.sign_in(has_ended_tokens);
    grant(here, "board");
    const auto honest = here.peer.instead["/token"];
    here.peer.instead["/token"] = [&](const net::outgoing_request& request)
    {
        here.end_session(value.id.str());
        return honest(request);
    };
    CHECK(here.fetch("/reports").status == 401);
    CHECK(here.application.request_count() == 0);
}
