// SPDX-License-Identifier: Apache-2.0
#include "emergency/password_hash.hpp"
#include "emergency/people.hpp"
#include "support/authenticator.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::emergency;
using test::detail;
using test::has;
using test::outcome;

namespace
{

const time_point now{std::chrono::seconds(1'790'000'000)};

passkey some_passkey(const std::string& id)
{
    const test::authenticator key("EdDSA", id);
    const auto cose = key.cose_key();
    cbor_reader from(as_bytes(cose));
    const auto view = as_bytes(id);
    return {bytes(view.begin(), view.end()), read_cose_key(from).value(), 3, true};
}

people with_everything()
{
    test::fixed_random random;
    people all;
    REQUIRE(all.invite("alice", now, random));
    REQUIRE(add_passkey(all, *all.find("alice"), some_passkey("one"), now));
    REQUIRE(all.invite("alice", now, random));
    all.ensure("bob", random).value()->password = kept_password{"$argon2id$x", secret("ABC"), 5};
    return all;
}

} // namespace

TEST_CASE("the file has everything that is known of people, and reads back", "[emergency]")
{
    const auto all = with_everything();
    const auto text = all.to_json();
    const auto again = people::from_json(text);
    REQUIRE(outcome(again) == "ok");
    CHECK(again->to_json() == text);
    const auto* const alice = again->find("alice");
    REQUIRE(alice != nullptr);
    CHECK(alice->handle.size() == 32);
    CHECK(alice->passkeys.at(0).key.counter == 3);
    CHECK(alice->passkeys.at(0).key.is_discoverable);
    CHECK(alice->invited->ends == now + invitation_lifetime);
    CHECK(again->has_password());
    CHECK(again->find("bob")->password->last_step == 5);
    CHECK(again->find("carol") == nullptr);
}

TEST_CASE("an invitation is good once, for a day, and the file does not give it away", "[emergency]")
{
    test::fixed_random random;
    people all;
    const auto token = all.invite("alice", now, random).value();
    CHECK(token.size() == 43); // 256 bits
    CHECK_FALSE(has(all.to_json(), token.reveal()));
    CHECK(all.with_invitation(token.reveal(), now) == all.find("alice"));
    CHECK(all.with_invitation(token.reveal(), now + invitation_lifetime - 1s) != nullptr);
    CHECK(all.with_invitation(token.reveal(), now + invitation_lifetime) == nullptr);
    CHECK(all.with_invitation("", now) == nullptr);
    CHECK(all.with_invitation(all.find("alice")->invited->hash, now) == nullptr);
    REQUIRE(add_passkey(all, *all.find("alice"), some_passkey("one"), now));
    CHECK(all.with_invitation(token.reveal(), now) == nullptr);
}

TEST_CASE("a passkey belongs to one person and is registered once", "[emergency]")
{
    auto all = with_everything();
    CHECK(all.with_passkey(as_bytes("one")) == all.find("alice"));
    CHECK(all.with_passkey(as_bytes("on")) == nullptr);
    CHECK(
        outcome(add_passkey(all, *all.find("bob"), some_passkey("one"), now)) ==
        "emergency_refused at registration.step_22"
    );
    CHECK(all.remove("alice"));
    CHECK_FALSE(all.remove("alice"));
    CHECK(all.with_passkey(as_bytes("one")) == nullptr);
}

TEST_CASE("names are short and plain", "[emergency]")
{
    for (const auto* good : {"a", "alice", "alice.b@example.com", "A-1_x"})
        CHECK(is_person_name(good));
    for (const auto* bad : {"", "-alice", ".x", "a b", "a/b", "\xe9\x96\xa2", "a\n", "@x"})
        CHECK_FALSE(is_person_name(bad));
    CHECK_FALSE(is_person_name(std::string(65, 'a')));
}

TEST_CASE("a file that is not ours, or was damaged, is refused with the reason", "[emergency]")
{
    const auto [text, why] = GENERATE(table<std::string, std::string>({
        {"", "byte"},
        {"[]", "object"},
        {"{}", "version"},
        {R"({"version":2,"people":[]})", "version"},
        {R"({"version":1})", "list of people"},
        {R"({"version":1,"people":[{"name":"a b","handle":"AA","passkeys":[]}]})", "not a name"},
        {R"({"version":1,"people":[{"name":"a","handle":"AA"}]})", "passkeys"},
        {R"({"version":1,"people":[{"name":"a","handle":"AA","passkeys":[]},{"name":"a","handle":"AA","passkeys":[]}]})",
         "twice"},
        {R"({"version":1,"people":[{"name":"a","handle":"AA","passkeys":[{"id":"AA","key":{"kty":"oct","k":"AA"},"counter":0,"registered":0}]}]})",
         "a: "},
    }));
    CAPTURE(text);
    const auto read = people::from_json(text);
    REQUIRE_FALSE(read);
    CHECK(has(detail(read), why));
}

TEST_CASE("a password is kept as argon2id, and only it opens", "[emergency]")
{
    test::fixed_random random;
    const auto hash = hash_password(secret("correct horse battery"), random).value();
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    CHECK(is_password(secret("correct horse battery"), hash));
    CHECK_FALSE(is_password(secret("correct horse batter"), hash));
    CHECK_FALSE(is_password(secret(), hash));
    CHECK(hash_password(secret("correct horse battery"), random).value() != hash); // another salt
    CHECK_FALSE(is_password(secret("x"), nobodys_hash()));
    auto greedy = hash;
    greedy.replace(greedy.find("65536"), 5, "4194304");
    CHECK_FALSE(is_password(secret("correct horse battery"), greedy));
    CHECK_FALSE(is_password(secret("correct horse battery"), "correct horse battery"));
}
