// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/departure.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

oidc::authorization_request asked(const session::session& of, new_sign_in how)
{
    provider::configuration to;
    to.wishes.prompt = "select_account";
    return request_of(to, journey_again(of, how, "/reports"), next_time::ask_who);
}

} // namespace

TEST_CASE("a silent sign-in asks for the same person and for nothing to be shown (Core 3.1.2.1)", "[gateway]")
{
    auto before = test::sample_session();
    before.id_token = secret("a.b.c");
    const auto silent = asked(before, new_sign_in::silent);
    CHECK(silent.prompt == "none");
    CHECK(silent.login_hint == "taro@example.jp");
    CHECK(silent.id_token_hint == "a.b.c");
    const auto begun = journey_again(before, new_sign_in::silent, "/reports");
    CHECK(begun.purpose == session::sign_in_purpose::silent);
    CHECK(begun.return_to == "/reports");
    CHECK(begun.person == identity::fingerprint(before.who));
}

TEST_CASE("a sign-in that is shown is one as any other, with the person's name filled in", "[gateway]")
{
    auto before = test::sample_session();
    before.id_token = secret("a.b.c");
    before.who.email.reset();
    const auto shown = asked(before, new_sign_in::shown);
    CHECK(shown.prompt == "select_account");
    CHECK(shown.login_hint == "taro");
    CHECK(shown.id_token_hint.empty());
    CHECK(journey_again(before, new_sign_in::shown, "/").person.empty()); // anybody may come
    CHECK(journey_again(before, new_sign_in::shown, "/").purpose == session::sign_in_purpose::session);
}

TEST_CASE("an ID token too long for an address is no hint", "[gateway]")
{
    auto before = test::sample_session();
    before.id_token = secret(std::string(5000, 'x'));
    CHECK(asked(before, new_sign_in::silent).id_token_hint.empty());
}
