// SPDX-License-Identifier: Apache-2.0
// What the OpenID Foundation's relying party tests expect of keys, discovery and client authentication.
// docs/conformance.md lists them.
#include "base/encoding.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/provider/relying_party.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

nlohmann::json jwk(const signing_key& key, const std::string& kid)
{
    return nlohmann::json::parse(key.jwk({.kid = kid, .use = "sig", .alg = {}}));
}

void publish(fake_provider& peer, const std::vector<nlohmann::json>& keys)
{
    peer.instead["/jwks"] = replies(json_reply({{"keys", keys}}));
}

} // namespace

TEST_CASE("signing-key-rotation: keys that change between two sign-ins are fetched again once", "[provider]")
{
    relying_party rp;
    REQUIRE(outcome(rp.sign_in()) == "ok");
    rp.peer.key = signing_key::make("ES256");
    rp.peer.kid = "k2";
    CHECK(outcome(rp.sign_in()) == "ok");
    CHECK(rp.peer.asked("/jwks") == 2);
    CHECK(rp.calls() == "2,2");
}

TEST_CASE("signing-key-rotation-just-before-signing: keys that change while a person signs in", "[provider]")
{
    const auto how = GENERATE(oidc::flow::pkce, oidc::flow::code_id_token);
    relying_party rp(how);
    REQUIRE(outcome(rp.sign_in()) == "ok"); // the keys are known
    const auto honest = rp.response();      // signed with the old key, which stays published
    const auto old = jwk(rp.peer.key, rp.peer.kid);
    rp.peer.key = signing_key::make("RS256");
    rp.peer.kid = "k2";
    publish(rp.peer, {old, jwk(rp.peer.key, "k2")});
    CHECK(outcome(rp.sign_in(honest)) == "ok");
    CHECK(rp.peer.asked("/jwks") == 2);
}

TEST_CASE("a rotation that the provider has not published yet is a refusal, not a loop", "[provider]")
{
    relying_party rp;
    publish(rp.peer, {jwk(rp.peer.key, "k1")});
    REQUIRE(outcome(rp.sign_in()) == "ok");
    rp.peer.key = signing_key::make("ES256");
    rp.peer.kid = "k2";
    CHECK(outcome(rp.sign_in()) == "oidc_generic_token_failure at id_token.signature");
    CHECK(rp.peer.asked("/jwks") == 2);
    CHECK(rp.calls() == "2,1");
}

TEST_CASE("kid-absent-single-jwks: a token without kid is verified by the only key", "[provider]")
{
    relying_party rp;
    publish(rp.peer, {jwk(rp.peer.key, GENERATE(as<std::string>(), "", "k1"))});
    rp.peer.kid = "";
    CHECK(outcome(rp.sign_in()) == "ok");
    CHECK(rp.calls() == "1,1");
}

TEST_CASE(
    "kid-absent-multiple-jwks: a token without kid is verified by the one of several that made it",
    "[provider]"
)
{
    const auto other = signing_key::make("ES256");
    const auto rsa = signing_key::make("RS256");
    relying_party rp;
    publish(rp.peer, {jwk(other, "a"), jwk(rsa, "b"), jwk(rp.peer.key, "c")});
    rp.peer.kid = "";
    SECTION("the right one is among them") { CHECK(outcome(rp.sign_in()) == "ok"); }
    SECTION("none of them made it")
    {
        rp.peer.key = signing_key::make("ES256");
        CHECK(outcome(rp.sign_in()) == "oidc_generic_token_failure at id_token.signature");
        CHECK(rp.calls() == "1,0");
    }
}

TEST_CASE(
    "idtoken-sig-none: a token without signature is nobody's, even where the provider offers none",
    "[provider]"
)
{
    relying_party rp;
    rp.peer.metadata["id_token_signing_alg_values_supported"] = {"none"};
    const auto bare = base64url(R"({"alg":"none"})") + "." + base64url(rp.peer.claims.dump()) + ".";
    rp.peer.instead["/token"] =
        replies(json_reply({{"id_token", bare}, {"access_token", "at-1"}, {"token_type", "Bearer"}}));
    CHECK(outcome(rp.sign_in()) == "oidc_generic_token_failure at id_token");
    CHECK(rp.calls() == "1,0");
}

TEST_CASE("idtoken-sig: every algorithm that a provider may sign with is verified", "[provider]")
{
    const auto alg = GENERATE(
        as<std::string>(), "RS256", "RS384", "RS512", "PS256", "PS512", "ES256", "ES384", "ES512", "EdDSA"
    );
    CAPTURE(alg);
    relying_party rp;
    rp.peer.key = signing_key::make(alg);
    CHECK(outcome(rp.sign_in()) == "ok");
}

TEST_CASE("discovery-openid-config: whatever a sign-in asks, it asks where the document says", "[provider]")
{
    relying_party rp;
    rp.peer.metadata.update(
        {{"token_endpoint", "https://tokens.example/t"},
         {"userinfo_endpoint", "https://people.example/u"},
         {"jwks_uri", "https://keys.example/k"}}
    );
    rp.peer.instead["/t"] = replies(
        json_reply({{"id_token", rp.peer.id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}})
    );
    rp.peer.instead["/u"] = replies(json_reply(rp.peer.userinfo));
    rp.peer.instead["/k"] = replies(json_reply({{"keys", {jwk(rp.peer.key, "k1")}}}));
    REQUIRE(outcome(rp.sign_in()) == "ok");
    std::vector<std::string> asked;
    for (const auto& each : rp.peer.requests())
        asked.push_back(each.target.text());
    CHECK(
        asked ==
        std::vector<std::string>{
            "https://idp.example/.well-known/openid-configuration",
            "https://tokens.example/t",
            "https://keys.example/k",
            "https://people.example/u"
        }
    );
}

TEST_CASE("ignores-unparseable-key-in-jwks: what is no key of ours does not stop the others", "[provider]")
{
    const nlohmann::json strange = GENERATE(
        nlohmann::json{{"kty", "AKP"}, {"alg", "ML-DSA-44"}, {"pub", "AAAA"}},
        nlohmann::json{{"kty", "RSA"}, {"n", "!"}, {"e", "AQAB"}},
        nlohmann::json{{"kty", 7}},
        nlohmann::json("k"),
        nlohmann::json()
    );
    CAPTURE(strange.dump());
    relying_party rp;
    publish(rp.peer, {strange, jwk(rp.peer.key, "k1")});
    CHECK(outcome(rp.sign_in()) == "ok");
    CHECK(rp.calls() == "1,1");
}

TEST_CASE("discovery-issuer-mismatch: nobody is sent anywhere and no token is asked for", "[provider]")
{
    const nlohmann::json received = GENERATE(
        "https://idp.example/",
        "https://evil.example",
        "http://idp.example",
        "HTTPS://idp.example",
        "idp.example"
    );
    relying_party rp;
    rp.peer.metadata["issuer"] = received;
    CHECK(outcome(rp.sign_in()) == "oidc_issuer_mismatch at metadata.issuer");
    CHECK(rp.calls() == "0,0");
    CHECK(rp.peer.asked("/jwks") == 0);
}

TEST_CASE(
    "discovery-jwks-uri-keys: a key set that cannot be had ends the sign-in before UserInfo", "[provider]"
)
{
    const auto answer = GENERATE(
        net::incoming_response{500, {}, "oops"},
        net::incoming_response{302, {{"Location", "https://evil.example/jwks"}}, ""},
        net::incoming_response{200, {}, R"({"keys":[]})"},
        net::incoming_response{200, {}, "<html>"}
    );
    CAPTURE(answer.status, answer.body);
    relying_party rp;
    rp.peer.instead["/jwks"] = replies(answer);
    const auto got = rp.sign_in();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_key_fetch_failure);
    CHECK(rp.calls() == "1,0");
}

TEST_CASE("client-secret-basic: odd characters arrive as RFC 6749 2.3.1 encodes them", "[provider]")
{
    const auto [id, password, encoded] = GENERATE(table<std::string, std::string, std::string>({
        {"gate", "a:b", "gate:a%3Ab"},
        {"gate", "p%q r+s&t=u", "gate:p%25q+r%2Bs%26t%3Du"},
        {"https://gate.example/id", "ä€", "https%3A%2F%2Fgate.example%2Fid:%C3%A4%E2%82%AC"},
        {"gate", "~._-*", "gate:~._-*"},
    }));
    CAPTURE(password);
    relying_party rp;
    rp.what.client = oidc::client_id(id);
    rp.what.client_secret = secret(password);
    rp.peer.claims["aud"] = id;
    REQUIRE(outcome(rp.sign_in()) == "ok");
    const auto sent = rp.field("/token", "Authorization");
    REQUIRE(sent.starts_with("Basic "));
    const auto decoded = base64_decode(sent.substr(6));
    REQUIRE(decoded);
    CHECK(as_text(*decoded) == encoded);
    CHECK_FALSE(has(rp.peer.last_body("/token"), "client_secret"));
}

TEST_CASE(
    "mtls-endpoint-aliases: with a certificate every call goes to its alias (RFC 8705, 5)", "[provider]"
)
{
    const auto has_certificate = GENERATE(true, false);
    relying_party rp;
    rp.what.proofs.has_certificate = has_certificate;
    rp.what.wishes.pushed = provider::pushing::always;
    const std::string usual = "https://idp.example";
    const std::string alias = "https://mtls.idp.example";
    rp.peer.metadata.update(
        {{"pushed_authorization_request_endpoint", usual + "/par"},
         {"revocation_endpoint", usual + "/revoke"},
         {"mtls_endpoint_aliases",
          {{"token_endpoint", alias + "/token"},
           {"userinfo_endpoint", alias + "/userinfo"},
           {"revocation_endpoint", alias + "/revoke"},
           {"pushed_authorization_request_endpoint", alias + "/par"}}}}
    );
    rp.peer.instead["/revoke"] = replies(json_reply(nlohmann::json::object()));
    auto& live = rp.live();
    const auto metadata = run(rp.context(), live.metadata());
    REQUIRE(metadata);
    oidc::authorization_request request;
    request.state = oidc::state("s-1");
    REQUIRE(run(rp.context(), live.authorization_address(*metadata, request, {})));
    REQUIRE(outcome(rp.sign_in()) == "ok");
    REQUIRE(run(rp.context(), live.revoke(secret("rt-1"), oidc::token_hint::refresh_token)));
    for (const auto& each : rp.peer.requests())
    {
        const auto& path = each.target.path();
        const auto is_proven = path != "/jwks" && path != "/.well-known/openid-configuration";
        CAPTURE(path);
        CHECK(each.target.origin() == (is_proven && has_certificate ? alias : usual));
    }
    CHECK(rp.peer.requests().size() == 6);
}
