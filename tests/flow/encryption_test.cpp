// SPDX-License-Identifier: Apache-2.0
// A provider that fetches our key and encrypts to it, from the sign-in to the sign-out.
#include "crypto/decryption_key.hpp"
#include "flow/house.hpp"
#include "oidc/token_checks.hpp"
#include "support/catch.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

struct scene
{
    temporary_directory disk;
    std::string pem = private_pem("P-256");
    house here{plan_with(disk.write("key.pem", pem))};

    static house_plan plan_with(const std::string& file)
    {
        house_plan plan;
        plan.configure = [file](provider::configuration& what)
        {
            what.decryption_key = file;
            what.encryption = provider::encryption_need::required;
        };
        return plan;
    }

    std::string for_us(std::string_view plain) const
    {
        return encrypt(plain, {"ECDH-ES", "A256CBC-HS512", public_pem(pem)});
    }
    std::string inside; // the ID token that was encrypted last
    void encrypts()
    {
        here.peer.instead["/token"] = [this](const net::outgoing_request&)
        {
            inside = here.peer.id_token();
            return json_reply(
                {{"id_token", for_us(inside)}, {"access_token", "at-1"}, {"token_type", "Bearer"}}
            );
        };
    }
};

} // namespace

TEST_CASE("somebody signs in with an encrypted ID token, and the sign-out's hint is the signed one", "[flow]")
{
    scene the;
    the.encrypts();
    CHECK(the.here.sign_in().status == 303);
    CHECK(the.here.is_signed_in());
    const auto out = the.here.get("/logout");
    CHECK(parameter_of(out.field("Location"), "id_token_hint") == the.inside);
    CHECK_FALSE(the.inside.empty());
}

TEST_CASE("an ID token that is not encrypted signs nobody in where encryption is demanded", "[flow]")
{
    scene the;
    CHECK(the.here.sign_in().status != 303);
    CHECK_FALSE(the.here.is_signed_in());
}

TEST_CASE("the key to encrypt to is public, for encryption, and without its private half", "[flow]")
{
    scene the;
    const auto answer = the.here.get("/oidc/jwks", errand::bare);
    REQUIRE(answer.status == 200);
    const auto keys = json::parse(answer.body)["keys"];
    REQUIRE(keys.size() == 1);
    CHECK(keys[0]["use"] == "enc");
    CHECK(keys[0]["kty"] == "EC");
    CHECK_FALSE(keys[0].contains("d"));
}

TEST_CASE(
    "a logout token encrypted as ID tokens are ends the session (Back-Channel Logout 1.0, 2.4)", "[flow]"
)
{
    scene the;
    the.encrypts();
    the.here.sign_in();
    REQUIRE(the.here.is_signed_in());
    const nlohmann::json claims{
        {"iss", "https://idp.example"},
        {"aud", "gate"},
        {"iat", opening},
        {"exp", opening + 120},
        {"jti", "j-1"},
        {"sid", "sid-1"},
        {"events", {{std::string(oidc::logout_event), nlohmann::json::object()}}},
    };
    const auto inside = the.here.peer.key.sign_with_kid(the.here.peer.kid, claims.dump());
    const auto stranger = encrypt(inside, {"ECDH-ES", "A128GCM", public_pem(private_pem("P-256"))});
    const auto forged =
        the.for_us(signing_key::make("RS256").sign_with_kid(the.here.peer.kid, claims.dump()));
    for (const auto& bad : {stranger, forged, the.for_us(claims.dump())})
        CHECK(the.here.post("/oidc/backchannel-logout", "logout_token=" + bad, errand::bare).status == 400);
    CHECK(the.here.is_signed_in());
    CHECK(
        the.here.post("/oidc/backchannel-logout", "logout_token=" + the.for_us(inside), errand::bare)
            .status == 200
    );
    CHECK_FALSE(the.here.is_signed_in());
}
