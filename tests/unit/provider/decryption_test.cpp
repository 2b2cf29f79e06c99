// SPDX-License-Identifier: Apache-2.0
// Sign-ins at a provider that encrypts what it says (Core 10.2, 16.14).
#include "provider/decryption.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_jwe.hpp"
#include "unit/provider/relying_party.hpp"

using namespace sekisho;
using namespace sekisho::test;
using Catch::Matchers::Contains;

namespace
{

const std::string& our_pem()
{
    static const auto made = private_pem("P-256");
    return made;
}

std::string for_us(std::string_view plain, const std::string& header = R"({"cty":"JWT"})")
{
    return encrypt(plain, {"ECDH-ES+A256KW", "A256GCM", public_pem(our_pem()), header});
}

net::incoming_response jwt_reply(const std::string& jwt)
{
    return {200, {{"Content-Type", "application/jwt"}}, jwt};
}

net::incoming_response tokens(const std::string& id_token)
{
    return json_reply({{"id_token", id_token}, {"access_token", "at-1"}, {"token_type", "Bearer"}});
}

struct fixture
{
    explicit fixture(oidc::flow how = oidc::flow::pkce) : rp(how)
    {
        rp.what.decryption_key = disk.write("key.pem", our_pem());
    }
    temporary_directory disk;
    relying_party rp;
};

} // namespace

TEST_CASE("an encrypted ID token is decrypted, then verified; what is kept is the signed one", "[provider]")
{
    fixture the;
    const auto inside = the.rp.peer.id_token();
    the.rp.peer.instead["/token"] = replies(tokens(for_us(inside)));
    const auto got = the.rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.subject().view() == "alice");
    CHECK(got->id_token == inside); // Core 3.1.2.1: a hint is the signed token
}

TEST_CASE("what was encrypted for us by anybody is signed in by nobody", "[provider]")
{
    fixture the;
    const auto stranger = signing_key::make("RS256");
    const auto [inside, expected] = GENERATE_REF(table<std::string, std::string>({
        {stranger.sign_with_kid("k-1", the.rp.peer.claims.dump()),
         "oidc_generic_token_failure at id_token.signature"},
        {the.rp.peer.claims.dump(), "oidc_generic_token_failure at id_token"},  // Core 2: it must be signed
        {"eyJhbGciOiJub25lIn0.e30.", "oidc_generic_token_failure at id_token"}, // nor by "none"
        {for_us(the.rp.peer.id_token()), "oidc_generic_token_failure at id_token"}, // encrypted twice
        {"", "oidc_generic_token_failure at id_token"},
    }));
    the.rp.peer.instead["/token"] = replies(tokens(for_us(inside)));
    CHECK(outcome(the.rp.sign_in()) == expected);
    CHECK(the.rp.calls() == "1,0");
}

TEST_CASE("an encrypted ID token without a key of ours is refused with the setting's name", "[provider]")
{
    relying_party rp;
    rp.peer.instead["/token"] = replies(tokens(for_us(rp.peer.id_token())));
    const auto got = rp.sign_in();
    CHECK(outcome(got) == "oidc_generic_token_failure at id_token.encryption");
    CHECK_THAT(detail(got), Contains("set oidc.decryption_key") && Contains("ECDH-ES+A256KW, A256GCM"));
}

TEST_CASE("an ID token encrypted for somebody else is refused, and UserInfo is not asked", "[provider]")
{
    fixture the;
    const auto text =
        encrypt(the.rp.peer.id_token(), {"ECDH-ES", "A128GCM", public_pem(private_pem("P-256"))});
    the.rp.peer.instead["/token"] = replies(tokens(text));
    const auto got = the.rp.sign_in();
    CHECK(outcome(got) == "oidc_generic_token_failure at id_token.encryption");
    CHECK_THAT(detail(got), Contains("server.jwks_path"));
    CHECK(the.rp.calls() == "1,0");
}

TEST_CASE(
    "where encryption is demanded, an ID token without it is refused, whichever way it came", "[provider]"
)
{
    const auto [how, calls] = GENERATE(table<oidc::flow, std::string>({
        {oidc::flow::pkce, "1,0"},
        {oidc::flow::implicit, "0,0"},
        {oidc::flow::code_id_token, "0,0"},
    }));
    fixture the(how);
    the.rp.what.encryption = provider::encryption_need::required;
    const auto got = the.rp.sign_in();
    CHECK(outcome(got) == "oidc_generic_token_failure at id_token.encryption");
    CHECK_THAT(detail(got), Contains("oidc.require_encryption"));
    CHECK(the.rp.calls() == calls);
}

TEST_CASE("ID tokens that come through the browser are decrypted too", "[provider]")
{
    const auto how = GENERATE(oidc::flow::implicit, oidc::flow::code_id_token, oidc::flow::id_token_token);
    fixture the(how);
    the.rp.what.encryption = provider::encryption_need::required;
    the.rp.peer.instead["/token"] = replies(tokens(for_us(the.rp.peer.id_token())));
    auto received = the.rp.response();
    for (auto& each : received)
        if (each.name == "id_token")
            each.value = for_us(each.value);
    CHECK(outcome(the.rp.sign_in(received)) == "ok");
}

TEST_CASE("UserInfo may be signed and encrypted, or encrypted alone (Core 5.3.2)", "[provider]")
{
    fixture the;
    nlohmann::json claims{{"sub", "alice"}, {"department", "secret service"}};
    const auto is_signed = GENERATE(true, false);
    const auto inside =
        is_signed ? the.rp.peer.key.sign_with_kid(the.rp.peer.kid, claims.dump()) : claims.dump();
    the.rp.peer.instead["/userinfo"] = replies(jwt_reply(for_us(inside) + "\n"));
    const auto got = the.rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.text("department") == "secret service");
}

TEST_CASE(
    "encrypted UserInfo about somebody else, by a stranger or not for us ends the sign-in", "[provider]"
)
{
    fixture the;
    const auto stranger = signing_key::make("RS256");
    const auto other = public_pem(private_pem("P-256"));
    const auto [text, expected] = GENERATE_REF(table<std::string, std::string>({
        {for_us(R"({"sub":"bob"})"), "oidc_userinfo_failure at userinfo.sub"},
        {for_us(stranger.sign_with_kid("k-1", R"({"sub":"alice"})")),
         "oidc_userinfo_failure at userinfo.signature"},
        {encrypt(R"({"sub":"alice"})", {"ECDH-ES", "A128GCM", other}),
         "oidc_userinfo_failure at userinfo.encryption"},
        {for_us(R"({"sub":"alice"})", R"({"zip":"DEF"})"), "oidc_userinfo_failure at userinfo.encryption"},
    }));
    the.rp.peer.instead["/userinfo"] = replies(jwt_reply(text));
    CHECK(outcome(the.rp.sign_in()) == expected);
}

TEST_CASE("encrypted UserInfo without a key of ours names the setting", "[provider]")
{
    relying_party rp;
    rp.peer.instead["/userinfo"] = replies(jwt_reply(for_us(R"({"sub":"alice"})")));
    const auto got = rp.sign_in();
    CHECK(outcome(got) == "oidc_userinfo_failure at userinfo.encryption");
    CHECK_THAT(detail(got), Contains("oidc.decryption_key"));
}

TEST_CASE("a renewed ID token is decrypted as well", "[provider]")
{
    fixture the;
    const auto inside = the.rp.peer.id_token();
    the.rp.peer.instead["/token"] = replies(tokens(for_us(inside)));
    const auto got =
        run(the.rp.context(),
            the.rp.live().renew(secret("rt-1"), {{"https://idp.example", oidc::subject("alice"), {}}, {}}));
    REQUIRE(outcome(got) == "ok");
    CHECK(outcome(got->person) == "ok");
    CHECK(got->id_token == inside);
}

TEST_CASE("a renewed ID token that cannot be decrypted says so and loses no refresh token", "[provider]")
{
    relying_party rp;
    rp.peer.instead["/token"] = replies(json_reply(
        {{"id_token", for_us(rp.peer.id_token())},
         {"access_token", "at-2"},
         {"refresh_token", "rt-2"},
         {"token_type", "Bearer"}}
    ));
    const auto got =
        run(rp.context(),
            rp.live().renew(secret("rt-1"), {{"https://idp.example", oidc::subject("alice"), {}}, {}}));
    REQUIRE(outcome(got) == "ok");
    CHECK(outcome(got->person) == "oidc_generic_token_failure at id_token.encryption");
    CHECK(got->refresh_token.reveal() == "rt-2");
    CHECK(got->access_token.empty());
}
