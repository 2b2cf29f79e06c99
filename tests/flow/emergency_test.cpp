// SPDX-License-Identifier: Apache-2.0
// Emergency people at their own address: an invitation, a passkey, a password with a code, and what is
// refused.
#include "emergency/password_hash.hpp"
#include "emergency/totp.hpp"
#include "flow/beside_house.hpp"
#include "support/authenticator.hpp"
#include "support/outcome.hpp"
#include "support/test_keys.hpp"

using namespace sekisho;
using test::authenticator;
using test::base64url;
using test::beside_house;
using test::ceremony_answer;
using test::has;
using test::quoted_after;

namespace
{

const std::string at = "/oidc/emergency";

std::string challenge_of(const test::client_answer& page)
{
    REQUIRE(page.status == 200);
    return quoted_after(page.body, "data-challenge=\"");
}

test::client_answer
enrol(beside_house& here, const authenticator& key, const std::string& invitation, ceremony_answer says = {})
{
    const auto page = here.get(at + "?invite=" + invitation);
    says.type = "webauthn.create";
    says.challenge = challenge_of(page);
    return here.post(
        at,
        "form=" + says.challenge + "&way=register&discoverable=yes&client_data=" +
            base64url(key.client_data(says)) + "&attestation=" + base64url(key.attestation(says))
    );
}

std::string assertion(const authenticator& key, const std::string& handle, const ceremony_answer& says)
{
    const auto client = key.client_data(says);
    const auto data = key.authenticator_data(says, false);
    return "form=" + says.challenge + "&way=passkey&credential=" + base64url(key.id()) +
           "&client_data=" + base64url(client) + "&authenticator_data=" + base64url(data) +
           "&signature=" + base64url(key.sign(data, client)) + "&user_handle=" + handle;
}

struct enrolled
{
    authenticator key{"ES256"};
    std::string handle;
};

enrolled alice_in(beside_house& here)
{
    enrolled made;
    const auto token = here.people->now.invite("alice", here.now, here.random).value();
    REQUIRE(enrol(here, made.key, std::string(token.reveal())).status == 200);
    made.handle = base64url_encode(here.people->now.find("alice")->handle);
    return made;
}

test::client_answer come_in(beside_house& here, const enrolled& who, ceremony_answer says = {.counter = 1})
{
    says.type = "webauthn.get";
    says.challenge = challenge_of(here.get(at + "?return_to=%2Freports"));
    return here.post(at, assertion(who.key, who.handle, says));
}

const secret codes("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

std::string bobs_code(const beside_house& here)
{
    return *emergency::totp_code(codes, emergency::totp_step(here.now));
}

// Bob, who has a password; gives his code of now.
std::string bob_in(beside_house& here)
{
    static const auto hash =
        emergency::hash_password(secret("correct horse"), crypto::system_random()).value();
    here.people->now.ensure("bob", here.random).value()->password = emergency::kept_password{hash, codes, 0};
    return bobs_code(here);
}

test::client_answer
type(beside_house& here, const std::string& name, const std::string& password, const std::string& code)
{
    const auto form = challenge_of(here.get(at));
    return here.post(
        at, "form=" + form + "&way=password&name=" + name + "&password=" + password + "&code=" + code
    );
}

} // namespace

TEST_CASE("an invitation registers one passkey, and the passkey begins a session", "[flow]")
{
    beside_house here;
    const auto token = std::string(here.people->now.invite("alice", here.now, here.random).value().reveal());
    enrolled alice;
    CHECK(has(here.get(at + "?invite=" + token).body, "alice"));
    CHECK(enrol(here, alice.key, token).status == 200);
    CHECK(here.get(at + "?invite=" + token).status == 403);
    alice.handle = base64url_encode(here.people->now.find("alice")->handle);

    const auto answer = come_in(here, alice);
    CHECK(answer.status == 303);
    CHECK(answer.field("Location") == "/reports");
    const auto value = here.session();
    REQUIRE(value);
    CHECK(value->provider == "emergency");
    CHECK(value->who.issuer == "urn:sekisho:emergency");
    CHECK(value->who.subject == "alice");
    CHECK(value->who.groups == std::vector<std::string>{"rescuers"});
    CHECK(value->amr == std::vector<std::string>{"hwk", "user"});
    CHECK(value->expires == here.now + 1h);
    CHECK(here.people->now.find("alice")->passkeys.at(0).key.counter == 1);
}

TEST_CASE("a challenge is good for one answer, right or wrong", "[flow]")
{
    beside_house here;
    const auto alice = alice_in(here);
    ceremony_answer says{.type = "webauthn.get", .counter = 1};
    says.challenge = challenge_of(here.get(at));
    const auto kept = here.jar;
    auto lie = says;
    lie.origin = "https://evil.example";
    CHECK(here.post(at, assertion(alice.key, alice.handle, lie)).status == 403);
    here.jar = kept;
    CHECK(here.post(at, assertion(alice.key, alice.handle, says)).status == 403);
    CHECK_FALSE(here.session());
}

TEST_CASE("an answer to somebody else's challenge, or to an old one, is refused", "[flow]")
{
    beside_house here;
    const auto alice = alice_in(here);
    ceremony_answer says{.type = "webauthn.get", .counter = 1};
    says.challenge = challenge_of(here.get(at));
    SECTION("another browser") { here.jar = {}; }
    SECTION("later") { here.now += gateway::form_lifetime; }
    SECTION("from another site") { here.origin = "https://evil.example"; }
    CHECK(here.post(at, assertion(alice.key, alice.handle, says)).status == 403);
    CHECK_FALSE(here.session());
}

TEST_CASE("a copy of a passkey, an unknown one and one of somebody who was removed are refused", "[flow]")
{
    beside_house here;
    const auto alice = alice_in(here);
    CHECK(come_in(here, alice, {.counter = 5}).status == 303);
    CHECK(come_in(here, alice, {.counter = 5}).status == 403);
    CHECK(come_in(here, alice, {.counter = 6}).status == 303);
    const enrolled stranger{authenticator("ES256", "another"), alice.handle};
    CHECK(has(come_in(here, stranger).body, "emergency_refused"));
    here.people->now.remove("alice");
    CHECK(come_in(here, alice, {.counter = 7}).status == 403);
}

TEST_CASE("where nothing can be written only a passkey that does not count comes in", "[flow]")
{
    beside_house here;
    const auto alice = alice_in(here);
    here.people->is_writable = false;
    CHECK(come_in(here, alice, {.counter = 0}).status == 303);
    const auto answer = come_in(here, alice, {.counter = 1});
    CHECK(answer.status == 503);
    CHECK(has(answer.body, "emergency_unavailable"));
}

TEST_CASE("a password and a code let in, and the code only once", "[flow]")
{
    beside_house here;
    const auto code = bob_in(here);
    CHECK(type(here, "bob", "correct+house", code).status == 403);
    CHECK(type(here, "bob", "correct+horse", "000000").status == 403);
    CHECK(type(here, "bob", "correct+horse", code).status == 303);
    const auto value = here.session();
    REQUIRE(value);
    CHECK(value->amr == std::vector<std::string>{"pwd", "otp"});
    CHECK(type(here, "bob", "correct+horse", code).status == 403);
}

TEST_CASE(
    "CVE-2025-24806: a name that nobody has is refused exactly as a wrong password or code is", "[flow]"
)
{
    const auto answer_to = [](const std::string& name, const std::string& password, bool knows_code)
    {
        beside_house here;
        const auto code = bob_in(here);
        (void)alice_in(here); // who has a passkey and no password
        return type(here, name, password, knows_code ? code : "000000");
    };
    const auto wrong_password = answer_to("bob", "wrong", true);
    CHECK(wrong_password.status == 403);
    CHECK(has(wrong_password.body, "emergency_refused"));
    CHECK_FALSE(has(wrong_password.body, "bob"));
    const auto [name, password, knows_code] = GENERATE(table<std::string, std::string, bool>({
        {"bob", "correct+horse", false},
        {"nobody", "correct+horse", true},
        {"alice", "correct+horse", true},
        {"", "", false},
        {"%3Cscript%3Ealert(1)%3C%2Fscript%3E", "x", true}, // CVE-2026-33525
    }));
    CAPTURE(name);
    const auto answer = answer_to(name, password, knows_code);
    CHECK(answer.status == wrong_password.status);
    CHECK(answer.body == wrong_password.body);
    CHECK(answer.fields == wrong_password.fields);
}

TEST_CASE("CVE-2025-24806: a name has one spelling", "[flow]")
{
    beside_house here;
    const auto code = bob_in(here);
    for (const std::string name : {"Bob", "bob+", "bob%00", "b%C3%B6b"})
    {
        CAPTURE(name);
        CHECK(type(here, name, "correct+horse", code).status == 403);
    }
    CHECK_FALSE(here.session());
}

TEST_CASE("CVE-2026-47203: tries are counted by address, whatever names are typed", "[flow]")
{
    beside_house here;
    const auto code = bob_in(here);
    for (const std::string name : {"bob", "BOB", "nobody", "b+ob", ""})
        CHECK(type(here, name, "wrong", code).status == 403);
    const auto late = type(here, "bob", "correct+horse", code);
    CHECK(late.status == 429);
    CHECK(std::stoi(late.field("Retry-After")) >= 1);
    CHECK_FALSE(here.session());
    here.now += 1min;
    CHECK(type(here, "bob", "correct+horse", bobs_code(here)).status == 303);
}

TEST_CASE("an invitation is over after a day", "[flow]")
{
    beside_house here;
    const auto invitation = here.people->now.invite("alice", here.now, here.random).value();
    here.now += emergency::invitation_lifetime;
    CHECK(here.get(at + "?invite=" + std::string(invitation.reveal())).status == 403);
    CHECK(here.get(at).status == 200);
}
