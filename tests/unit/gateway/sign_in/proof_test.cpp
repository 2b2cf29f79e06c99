// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "gateway/sign_in/proof.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

#include <string>

using namespace sekisho;
using namespace sekisho::gateway;

namespace
{

oidc::claims inside(const std::string& payload)
{
    return claims_inside("e30." + base64url_encode(as_bytes(payload)) + ".c2ln");
}

} // namespace

TEST_CASE("the proof is what the ID token says by its very names", "[gateway]")
{
    const auto [payload, acr, seconds] = GENERATE(table<std::string, std::string, std::int64_t>({
        {R"({"acr":"urn:mfa","auth_time":1790000000})", "urn:mfa", 1'790'000'000},
        {R"({"acr":"0","auth_time":0})", "0", 0},
        {R"({"acr":["urn:mfa"],"auth_time":"1790000000"})", "", -1},
        {R"({"acr":null,"auth_time":-1})", "", -1},
        {R"({"auth_time":1e300})", "", -1},
        {R"({"x":{"acr":"urn:mfa"}})", "", -1},
        {"[]", "", -1},
        {"{", "", -1},
    }));
    CAPTURE(payload);
    session::session made;
    note_proof(made, inside(payload));
    CHECK(made.acr == acr);
    CHECK(made.auth_time.has_value() == (seconds >= 0));
    if (made.auth_time)
        CHECK(made.auth_time->time_since_epoch() == std::chrono::seconds(seconds));
}

TEST_CASE("what renewed ID tokens are held against is the nonce, hashed, and when it was issued", "[gateway]")
{
    session::session made;
    session::session other;
    note_proof(made, inside(R"({"nonce":"n-1","iat":1790000000.5})"));
    note_proof(other, inside(R"({"nonce":"n-2","iat":1790000000})"));
    REQUIRE(made.nonce_mark);
    CHECK(made.nonce_mark != other.nonce_mark);
    CHECK(made.issued == time_point(std::chrono::seconds(1'790'000'000)));
    note_proof(made, inside(R"({"x":{"nonce":"n-1","iat":1}})"));
    CHECK_FALSE(made.nonce_mark);
    CHECK_FALSE(made.issued);
}

TEST_CASE("no ID token proves nothing", "[gateway]")
{
    const auto text = GENERATE(as<std::string>(), "", ".", "..", "a.b", "a.!!.c");
    session::session made;
    note_proof(made, claims_inside(text));
    CHECK(made.acr.empty());
    CHECK_FALSE(made.auth_time);
}

TEST_CASE("a sign-in that a path demanded must have one of the values", "[gateway]")
{
    const auto [payload, expected] = GENERATE(table<std::string, std::string>({
        {R"({"acr":"urn:mfa"})", "ok"},
        {R"({"acr":"phr"})", "ok"},
        {R"({"acr":"urn:mfa phr"})", "oidc_step_up_unmet at step_up"},
        {R"({"acr":"URN:MFA"})", "oidc_step_up_unmet at step_up"},
        {R"({"acr":""})", "oidc_step_up_unmet at step_up"},
        {R"({})", "oidc_step_up_unmet at step_up"},
    }));
    CAPTURE(payload);
    session::sign_in begun;
    CHECK(test::outcome(check_proof(inside(payload), begun)) == "ok");
    begun.acr = {"urn:mfa", "phr"};
    CHECK(test::outcome(check_proof(inside(payload), begun)) == expected);
}

TEST_CASE("a sign-in that was to be fresh must say when it was", "[gateway]")
{
    const auto [payload, expected] = GENERATE(table<std::string, std::string>({
        {R"({"auth_time":1700000000})", "ok"}, // how long ago is for the token's own check
        {R"({"auth_time":"1700000000"})", "oidc_step_up_unmet at step_up"},
        {R"({"auth_time":-1})", "oidc_step_up_unmet at step_up"},
        {R"({})", "oidc_step_up_unmet at step_up"},
    }));
    CAPTURE(payload);
    session::sign_in begun;
    CHECK(test::outcome(check_proof(inside(payload), begun)) == "ok");
    begun.max_age = std::chrono::seconds(0);
    CHECK(test::outcome(check_proof(inside(payload), begun)) == expected);
}

TEST_CASE("a sign-in that a path demanded scopes of must have been granted all of them", "[gateway]")
{
    session::sign_in begun;
    CHECK(check_granted("", begun, "")); // nothing was demanded
    begun.scopes = {"read", "write"};
    CHECK(check_granted("else write read", begun, "anything"));
    const auto few = check_granted("read", begun, "openid read\n");
    REQUIRE_FALSE(few);
    CHECK(test::outcome(few) == "oidc_step_up_unmet at step_up.scope");
    CHECK(
        few.error().detail ==
        "demanded scope \"read\" and \"write\", received \"openid read?\": \"write\" is missing"
    );
    const auto silence = check_granted("", begun, "");
    REQUIRE_FALSE(silence);
    CHECK(test::has(silence.error().detail, "received none"));
    CHECK(test::has(silence.error().detail, "oidc.pushed_authorization"));
}
