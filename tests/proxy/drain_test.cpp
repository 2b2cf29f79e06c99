// SPDX-License-Identifier: Apache-2.0
// An orderly stop and what is under way beside the requests.
#include "support/catch.hpp"
#include "support/doorway.hpp"

#include <future>
#include <string>
#include <utility>

namespace sekisho::test
{

using namespace std::chrono_literals;

namespace
{

// A provider that renews tokens when the test says so.
class slow_provider
{
public:
    slow_provider() : peer_([this](wire& gate, recording_application& self) { converse(gate, self); }) {}
    ~slow_provider() { go_on(); }
    slow_provider(const slow_provider&) = delete;
    slow_provider& operator=(const slow_provider&) = delete;

    std::string issuer() const { return "http://127.0.0.1:" + std::to_string(peer_.port()); }
    bool is_asked() { return asked_.get_future().wait_for(wire::patience) == std::future_status::ready; }
    void go_on()
    {
        if (!std::exchange(was_told_, true))
            answer_.set_value();
    }

private:
    void converse(wire& gate, recording_application& self)
    {
        for (;;)
        {
            const auto line = self.take_request(gate).start_line();
            if (line.contains("/.well-known/"))
                gate.send(json(
                    R"({"issuer":")" + issuer() + R"(","authorization_endpoint":")" + issuer() +
                    R"(/authorize","token_endpoint":")" + issuer() + R"(/token","jwks_uri":")" + issuer() +
                    R"(/jwks","response_types_supported":["code"],"subject_types_supported":["public"],)" +
                    R"("id_token_signing_alg_values_supported":["ES256"]})"
                ));
            else if (line.contains("/token"))
            {
                asked_.set_value();
                answered_.wait_for(wire::patience);
                gate.send(json(
                    R"({"access_token":"at-2","token_type":"Bearer","expires_in":300,"refresh_token":"rt-2"})"
                ));
            }
            else
                gate.send(json(R"({"keys":[]})"));
        }
    }
    static std::string json(std::string_view body)
    {
        return plain_answer(body, "Content-Type: application/json\r\n");
    }

    std::promise<void> asked_;
    std::promise<void> answer_;
    std::shared_future<void> answered_ = answer_.get_future().share();
    bool was_told_ = false;
    recording_application peer_;
};

} // namespace

TEST_CASE("an orderly stop waits for a renewal whose tokens are on their way", "[proxy]")
{
    slow_provider provider;
    doorway door(
        answering(plain_answer("ok")),
        [&](settings::model& with)
        {
            with.oidc.issuer = provider.issuer();
            with.oidc.client_secret = secret("a secret of the client");
        }
    );
    auto value = signed_in_session();
    value.provider = "default";
    value.who.issuer = provider.issuer();
    value.refresh_token = secret("rt-1");
    value.access_token = secret("at-1");
    value.confirmed = value.created - 4min;
    value.tokens_end = wall_clock_now() + 30s; // soon, so that nobody waits for it
    const auto cookie = "Cookie: " + session_cookie(door.settings, value) + "\r\nConnection: close\r\n";
    REQUIRE(door.ask(doorway::head("GET", "/private", cookie)).status() == 200);
    REQUIRE(provider.is_asked());

    door.gate.begin_to_shut_down();
    auto ended = std::async(std::launch::async, [&] { door.gate.wait_for_end(); });
    CHECK(ended.wait_for(500ms) == std::future_status::timeout);
    provider.go_on();
    REQUIRE(ended.wait_for(wire::patience) == std::future_status::ready);
    CHECK(door.gate.metrics().contains("sekisho_token_renewals_total{outcome=\"renewed\"} 1"));
}

TEST_CASE("a renewal that takes longer than the grace does not hold up the end", "[proxy]")
{
    slow_provider provider;
    doorway door(
        answering(plain_answer("ok")),
        [&](settings::model& with)
        {
            with.oidc.issuer = provider.issuer();
            with.oidc.client_secret = secret("a secret of the client");
            with.server.shutdown_grace = 200ms;
        }
    );
    auto value = signed_in_session();
    value.provider = "default";
    value.who.issuer = provider.issuer();
    value.refresh_token = secret("rt-1");
    value.confirmed = value.created - 4min;
    value.tokens_end = wall_clock_now() + 30s;
    const auto cookie = "Cookie: " + session_cookie(door.settings, value) + "\r\nConnection: close\r\n";
    REQUIRE(door.ask(doorway::head("GET", "/private", cookie)).status() == 200);
    REQUIRE(provider.is_asked());
    door.gate.begin_to_shut_down();
    auto ended = std::async(std::launch::async, [&] { door.gate.wait_for_end(); });
    CHECK(ended.wait_for(5s) == std::future_status::ready);
    provider.go_on();
    ended.wait();
}

} // namespace sekisho::test
