// SPDX-License-Identifier: Apache-2.0
// Each check of WebAuthn Level 2, 7.1 and 7.2, by an answer that is right but for one thing.
#include "emergency/ceremony.hpp"
#include "support/authenticator.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <functional>

using namespace sekisho;
using namespace sekisho::emergency;
using test::authenticator;
using test::ceremony_answer;
using test::outcome;

namespace
{

const expected_ceremony expected{"https://app.example.com", "app.example.com", "the-challenge"};

bytes octets(std::string_view text)
{
    const auto view = as_bytes(text);
    return {view.begin(), view.end()};
}

ceremony_answer registering() { return {.type = "webauthn.create", .challenge = "the-challenge"}; }
ceremony_answer signing_in() { return {.type = "webauthn.get", .challenge = "the-challenge", .counter = 8}; }

registration answer_of(const authenticator& key, const ceremony_answer& says)
{
    return {octets(key.client_data(says)), octets(key.attestation(says))};
}

assertion assertion_of(const authenticator& key, const ceremony_answer& says)
{
    const auto data = key.authenticator_data(says, false);
    const auto client = key.client_data(says);
    return {octets(key.id()), octets(client), octets(data), octets(key.sign(data, client)), octets("handle")};
}

passkey registered(const authenticator& key)
{
    auto made = check_registration(answer_of(key, registering()), expected).value();
    made.counter = 7;
    return made;
}

using lie = std::function<void(ceremony_answer&)>;

} // namespace

TEST_CASE("a passkey of each algorithm registers, and signs in afterwards", "[emergency]")
{
    const auto algorithm = GENERATE("ES256", "EdDSA", "RS256");
    CAPTURE(algorithm);
    const authenticator key(algorithm);
    auto made = check_registration(answer_of(key, registering()), expected);
    REQUIRE(outcome(made) == "ok");
    CHECK(crypto::name(made->key.alg) == algorithm);
    CHECK(as_text(made->id) == key.id());
    const auto counter = check_assertion(assertion_of(key, signing_in()), *made, octets("handle"), expected);
    REQUIRE(outcome(counter) == "ok");
    CHECK(*counter == 8);
}

TEST_CASE(
    "a registration with one thing wrong is refused at the step that the specification has", "[emergency]"
)
{
    const auto [what, change, step] = GENERATE(table<std::string, lie, std::string>({
        {"no JSON", [](auto& says) { says.more_client_data = "}"; }, "step_6"},
        {"a sign-in's answer", [](auto& says) { says.type = "webauthn.get"; }, "step_7"},
        {"another challenge", [](auto& says) { says.challenge = "the-challengf"; }, "step_8"},
        {"no challenge", [](auto& says) { says.challenge = ""; }, "step_8"},
        {"another origin", [](auto& says) { says.origin = "https://app.example.com.evil.example"; }, "step_9"
        },
        {"another scheme", [](auto& says) { says.origin = "http://app.example.com"; }, "step_9"},
        {"another port", [](auto& says) { says.origin = "https://app.example.com:444"; }, "step_9"},
        {"a slash too much", [](auto& says) { says.origin = "https://app.example.com/"; }, "step_9"},
        {"in a frame", [](auto& says) { says.more_client_data = R"(,"crossOrigin":true)"; }, "step_9"},
        {"below another site",
         [](auto& says) { says.more_client_data = R"(,"topOrigin":"https://evil.example")"; },
         "step_9"},
        {"a token binding",
         [](auto& says) { says.more_client_data = R"(,"tokenBinding":{"status":"present","id":"x"})"; },
         "step_10"},
        {"bytes behind the object", [](auto& says) { says.behind = "x"; }, "step_12"},
        {"bytes behind the key", [](auto& says) { says.more_authenticator_data = "x"; }, "step_12"},
        {"extensions that the flags deny",
         [](auto& says) { says.more_authenticator_data = "\xa0"; },
         "step_12"},
        {"flags for extensions that are not there", [](auto& says) { says.flags = 0x85; }, "step_12"},
        {"another host", [](auto& says) { says.rp_id = "example.com"; }, "step_13"},
        {"nobody there", [](auto& says) { says.flags = 0x04; }, "step_14"},
        {"nobody verified", [](auto& says) { says.flags = 0x01; }, "step_15"},
        {"a statement of a maker", [](auto& says) { says.format = "fido-u2f"; }, "step_18"},
        {"packed without a statement", [](auto& says) { says.format = "packed"; }, "step_18"},
    }));
    CAPTURE(what);
    const authenticator key("ES256");
    auto says = registering();
    change(says);
    CHECK(
        outcome(check_registration(answer_of(key, says), expected)) ==
        "emergency_refused at registration." + step
    );
}

TEST_CASE("self attestation counts when the new key signed it, and not when another one did", "[emergency]")
{
    const authenticator key("EdDSA");
    const authenticator other("EdDSA");
    auto says = registering();
    says.statement = key.self_statement(says);
    says.format = "packed";
    CHECK(outcome(check_registration(answer_of(key, says), expected)) == "ok");
    says.statement = other.self_statement(says);
    CHECK(
        outcome(check_registration(answer_of(key, says), expected)) ==
        "emergency_refused at registration.step_19"
    );
}

TEST_CASE("a sign-in with one thing wrong is refused at the step that the specification has", "[emergency]")
{
    const auto [what, change, step] = GENERATE(table<std::string, lie, std::string>({
        {"no JSON", [](auto& says) { says.more_client_data = "}"; }, "step_10"},
        {"a member twice", [](auto& says) { says.more_client_data = R"(,"type":"webauthn.get")"; }, "step_10"
        },
        {"a registration's answer", [](auto& says) { says.type = "webauthn.create"; }, "step_11"},
        {"another challenge", [](auto& says) { says.challenge = "another"; }, "step_12"},
        {"another origin", [](auto& says) { says.origin = "https://evil.example"; }, "step_13"},
        {"in a frame", [](auto& says) { says.more_client_data = R"(,"crossOrigin":true)"; }, "step_13"},
        {"a token binding",
         [](auto& says) { says.more_client_data = R"(,"tokenBinding":{"status":"present"})"; },
         "step_14"},
        {"bytes behind", [](auto& says) { says.more_authenticator_data = "x"; }, "step_8"},
        {"another host", [](auto& says) { says.rp_id = "evil.example"; }, "step_15"},
        {"nobody there", [](auto& says) { says.flags = 0x04; }, "step_16"},
        {"nobody verified", [](auto& says) { says.flags = 0x01; }, "step_17"},
        {"the counter as before (a copy)", [](auto& says) { says.counter = 7; }, "step_21"},
        {"the counter back at nothing (a copy)", [](auto& says) { says.counter = 0; }, "step_21"},
    }));
    CAPTURE(what);
    const authenticator key("ES256");
    auto says = signing_in();
    change(says);
    const auto judged = check_assertion(assertion_of(key, says), registered(key), octets("handle"), expected);
    CHECK(outcome(judged) == "emergency_refused at assertion." + step);
}

TEST_CASE("only the passkey's own signature over exactly what was sent counts", "[emergency]")
{
    const auto algorithm = GENERATE("ES256", "EdDSA", "RS256");
    CAPTURE(algorithm);
    const authenticator key(algorithm);
    const authenticator other(algorithm);
    const auto known = registered(key);
    auto forged = assertion_of(key, signing_in());
    forged.signature = assertion_of(other, signing_in()).signature;
    auto bent = assertion_of(key, signing_in());
    bent.authenticator_data.back() ^= std::byte{1};
    auto none = assertion_of(key, signing_in());
    none.signature.clear();
    for (const auto& each : {forged, bent, none})
        CHECK(
            outcome(check_assertion(each, known, octets("handle"), expected)) ==
            "emergency_refused at assertion.step_20"
        );
}

TEST_CASE("a passkey belongs to one person", "[emergency]")
{
    const authenticator key("ES256");
    auto known = registered(key);
    auto answer = assertion_of(key, signing_in());
    CHECK(
        outcome(check_assertion(answer, known, octets("somebody else"), expected)) ==
        "emergency_refused at assertion.step_6"
    );
    answer.user_handle.reset();
    CHECK(outcome(check_assertion(answer, known, octets("handle"), expected)) == "ok"); // it was named
    known.is_discoverable = true;
    CHECK(
        outcome(check_assertion(answer, known, octets("handle"), expected)) ==
        "emergency_refused at assertion.step_6"
    );
    answer.id = octets("another");
    CHECK(
        outcome(check_assertion(answer, known, octets("handle"), expected)) ==
        "emergency_refused at assertion.step_5"
    );
}

TEST_CASE("a passkey that never counts signs in again and again", "[emergency]")
{
    const authenticator key("ES256");
    auto known = registered(key);
    known.counter = 0;
    auto says = signing_in();
    says.counter = 0;
    CHECK(outcome(check_assertion(assertion_of(key, says), known, octets("handle"), expected)) == "ok");
}

TEST_CASE("no challenge is never a match", "[emergency]")
{
    const authenticator key("ES256");
    auto says = signing_in();
    says.challenge = "";
    const expected_ceremony nothing{expected.origin, expected.rp_id, ""};
    CHECK(
        outcome(check_assertion(assertion_of(key, says), registered(key), octets("handle"), nothing)) ==
        "emergency_refused at assertion.step_12"
    );
}
