// SPDX-License-Identifier: Apache-2.0
#include "provider/reach.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;
using provider::document_state;

namespace
{

url at(const std::string& text) { return url::parse(text).value(); }

struct fixture : test::provider_fixture
{
    void turn_discovery_off()
    {
        what.reach.endpoints.authorization_endpoint = at("https://op.example/authorize");
        what.reach.endpoints.token_endpoint = at("https://op.example/token");
        what.reach.endpoints.jwks_uri = at("https://op.example/jwks");
        const oidc::metadata_reading how{what.transport, what.flow, what.reach.endpoints};
        what.reach.metadata =
            std::make_shared<const oidc::metadata>(oidc::metadata_without_document(what.issuer, how).value());
    }
    void give_keys()
    {
        what.reach.keys = std::make_shared<const oidc::key_set>(oidc::key_set::from_file(jwks()).value());
    }
    // Runs the provider's own work until nothing is left but to wait.
    void run_for_a_while(provider::provider& one)
    {
        net::asio::co_spawn(context, one.run(), [](std::exception_ptr) {});
        context.restart();
        context.poll();
    }
    std::vector<std::string> asked_addresses() const
    {
        std::vector<std::string> addresses;
        for (const auto& each : http.requests())
            addresses.push_back(each.target.text());
        return addresses;
    }
};

using addresses = std::vector<std::string>;

} // namespace

TEST_CASE("an address of the settings wins over the discovery document, the others stay", "[provider]")
{
    fixture the;
    the.what.reach.endpoints.token_endpoint = at("https://elsewhere.example/token");
    the.what.reach.endpoints.end_session_endpoint = at("https://elsewhere.example/bye");
    the.script_sign_in();
    auto& one = the.make();
    REQUIRE(the.sign_in(one));
    CHECK(
        the.asked_addresses() ==
        addresses{
            "https://op.example/.well-known/openid-configuration",
            "https://elsewhere.example/token",
            "https://op.example/jwks"
        }
    );
    CHECK(one.known_metadata()->end_session_endpoint->text() == "https://elsewhere.example/bye");
    CHECK(one.known_metadata()->authorization_endpoint.text() == "https://op.example/authorize");
    CHECK(one.known_metadata()->userinfo_endpoint->text() == "https://op.example/userinfo");
}

TEST_CASE("a document may lack what the settings say", "[provider]")
{
    fixture the;
    the.what.reach.endpoints.authorization_endpoint = at("https://op.example/authorize");
    the.what.reach.endpoints.token_endpoint = at("https://op.example/token");
    the.give_keys();
    the.http.answer_json(R"({"issuer":"https://op.example"})");
    the.http.answer_json(the.token_body(the.id_token()));
    CHECK(the.sign_in(the.make()));
}

TEST_CASE("Discovery 4.3: addresses in the settings do not excuse another issuer", "[provider]")
{
    fixture the;
    the.turn_discovery_off();
    the.what.reach.metadata = nullptr; // only the addresses stay
    the.http.answer_json(R"({"issuer":"https://evil.example"})");
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_issuer_mismatch);
}

TEST_CASE("without discovery the metadata is there at once and no document is fetched", "[provider]")
{
    fixture the;
    the.turn_discovery_off();
    auto& one = the.make();
    REQUIRE(one.known_metadata());
    CHECK(one.known_metadata()->issuer.view() == "https://op.example");
    CHECK(one.metadata_state().what == document_state::kind::ok);
    CHECK(one.metadata_state().is_usable);
    CHECK(the.http.calls() == 0);

    the.http.answer_json(the.token_body(the.id_token()));
    the.http.answer_json(the.jwks());
    REQUIRE(the.sign_in(one));
    CHECK(the.asked_addresses() == addresses{"https://op.example/token", "https://op.example/jwks"});
}

TEST_CASE("without discovery and with given keys a provider never asks for a document", "[provider]")
{
    fixture the;
    the.turn_discovery_off();
    the.give_keys();
    auto& one = the.make();
    the.run_for_a_while(one);
    the.steady += 100h;
    the.context.poll();
    CHECK(the.http.calls() == 0);
    CHECK(one.key_state().what == document_state::kind::ok);
    one.stop();

    the.http.answer_json(the.token_body(the.id_token()));
    REQUIRE(the.sign_in(one));
    CHECK(the.asked_addresses() == addresses{"https://op.example/token"});
}

TEST_CASE("given keys are all there are: a token of another key fetches nothing", "[provider]")
{
    fixture the;
    the.turn_discovery_off();
    the.give_keys();
    the.key = test::signing_key::make("ES256"); // the provider has a new one, as it seems
    the.http.answer_json(the.token_body(the.id_token()));
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_generic_token_failure);
    CHECK(the.asked_addresses() == addresses{"https://op.example/token"});
}

TEST_CASE("our calls go to the back channel, the browser and the issuer stay in public", "[provider]")
{
    fixture the;
    the.what.reach.back_channel = at("http://keycloak.internal:8080");
    the.what.userinfo = provider::userinfo_policy::always;
    the.script_sign_in();
    the.http.answer_json(R"({"sub":"alice"})");
    auto& one = the.make();
    const auto got = the.sign_in(one);
    REQUIRE(got);
    CHECK(
        the.asked_addresses() ==
        addresses{
            "http://keycloak.internal:8080/.well-known/openid-configuration",
            "http://keycloak.internal:8080/token",
            "http://keycloak.internal:8080/jwks",
            "http://keycloak.internal:8080/userinfo"
        }
    );
    CHECK(one.known_metadata()->authorization_endpoint.text() == "https://op.example/authorize");
    CHECK(got->claims.text("iss") == "https://op.example");
}

TEST_CASE("a back channel is no reason to believe another issuer", "[provider]")
{
    fixture the;
    the.what.reach.back_channel = at("http://keycloak.internal:8080");
    auto document = test::discovery_document;
    document.replace(document.find("https://op.example"), 18, "http://keycloak.internal:8080");
    the.http.answer_json(document);
    const auto got = the.sign_in(the.make());
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_issuer_mismatch);
}

TEST_CASE("only addresses of the issuer's own origin move to the back channel", "[provider]")
{
    const auto [address, expected] = GENERATE(table<std::string, std::string>({
        {"https://op.example/realms/a/token?x=%2F", "http://inside:8080/realms/a/token?x=%2F"},
        {"https://op.example:443/token", "http://inside:8080/token"},
        {"https://OP.example/token", "http://inside:8080/token"},
        {"https://op.example:8443/token", "https://op.example:8443/token"},
        {"http://op.example/token", "http://op.example/token"},
        {"https://api.op.example/token", "https://api.op.example/token"},
        {"http://inside:8080/token", "http://inside:8080/token"}, // Keycloak says it itself
    }));
    const auto issuer =
        oidc::parse_issuer("https://op.example/realms/a", oidc::transport::https_or_loopback).value();
    provider::reach how;
    CHECK(provider::address_for_us(how, issuer, at(address)).text() == address);
    how.back_channel = at("http://inside:8080");
    CHECK(provider::address_for_us(how, issuer, at(address)).text() == expected);
}

TEST_CASE("each call has its own time-out, and the client's where none is set", "[provider]")
{
    fixture the;
    the.what.userinfo = provider::userinfo_policy::always;
    the.what.reach.timeouts = {.metadata = 1s, .token = 2s, .userinfo = 3s};
    const bool is_set = GENERATE(true, false);
    if (!is_set)
        the.what.reach.timeouts = {};
    the.script_sign_in();
    the.http.answer_json(R"({"sub":"alice"})");
    REQUIRE(the.sign_in(the.make()));
    std::vector<std::chrono::milliseconds> times;
    for (const auto& each : the.http.requests())
        times.push_back(each.timeout);
    using several = std::vector<std::chrono::milliseconds>;
    CHECK(times == (is_set ? several{1s, 2s, 1s, 3s} : several{0ms, 0ms, 0ms, 0ms}));
}

TEST_CASE("an OAuth 2.0 provider is asked for no keys", "[provider]")
{
    fixture the;
    the.what.protocol = provider::protocol::oauth2;
    the.what.reach.endpoints.authorization_endpoint = at("https://op.example/authorize");
    the.what.reach.endpoints.token_endpoint = at("https://op.example/token");
    const oidc::metadata_reading how{
        the.what.transport, the.what.flow, the.what.reach.endpoints, oidc::key_place::elsewhere
    };
    the.what.reach.metadata =
        std::make_shared<const oidc::metadata>(oidc::metadata_without_document(the.what.issuer, how).value());
    auto& one = the.make();
    the.run_for_a_while(one);
    CHECK(the.http.calls() == 0);
    CHECK(one.key_state().what == document_state::kind::ok);
    one.stop();
}

TEST_CASE("the calls of several providers are counted apart", "[provider]")
{
    fixture the;
    the.http.answer_json(test::discovery_document);
    the.http.answer(fail(errc::network_timeout, "http_client"));
    auto with = the.services();
    auto first = the.what;
    first.name = "first";
    auto second = the.what;
    second.name = "second";
    provider::provider one(first, with);
    provider::provider other(second, with);
    REQUIRE(test::run(the.context, one.metadata()));
    REQUIRE_FALSE(test::run(the.context, other.metadata()));
    const auto text = the.metrics.expose();
    const auto count = [&](const std::string& name, const std::string& outcome)
    {
        const auto key = R"(sekisho_provider_calls_total{provider=")" + name +
                         R"(",call="metadata",outcome=")" + outcome + "\"} ";
        const auto found = text.find(key);
        REQUIRE(found != std::string::npos);
        return text.substr(found + key.size(), 1);
    };
    CHECK(count("first", "ok") == "1");
    CHECK(count("first", "failed") == "0");
    CHECK(count("second", "ok") == "0");
    CHECK(count("second", "failed") == "1");
}

TEST_CASE(
    "the discovery document is asked for where the settings say, and must still be the issuer's", "[provider]"
)
{
    fixture the;
    the.what.reach.metadata_url = at("https://cdn.example/metadata.json?v=2");
    the.script_sign_in();
    auto& one = the.make();
    REQUIRE(the.sign_in(one));
    CHECK(the.asked_addresses().front() == "https://cdn.example/metadata.json?v=2");

    fixture other;
    other.what.reach.metadata_url = at("https://cdn.example/metadata.json");
    auto text = test::discovery_document;
    other.http.answer_json(text.replace(text.find("https://op.example"), 18, "https://op.examplE"));
    const auto refused = other.sign_in(other.make());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::oidc_issuer_mismatch);
    CHECK(other.http.calls() == 1);
}

TEST_CASE("the back channel stands for the issuer's host alone, for the discovery document too", "[provider]")
{
    const auto [document, asked] = GENERATE(table<std::string, std::string>({
        {"https://op.example/m.json", "http://inside:8080/m.json"},
        {"https://cdn.example/m.json", "https://cdn.example/m.json"},
    }));
    fixture the;
    the.what.reach.back_channel = at("http://inside:8080");
    the.what.reach.metadata_url = at(document);
    the.script_sign_in();
    REQUIRE(the.sign_in(the.make()));
    CHECK(the.asked_addresses().front() == asked);
}
