// SPDX-License-Identifier: Apache-2.0
// What the OpenID Foundation's relying party tests expect of ID tokens, each in every flow that has the
// fault: the sign-in ends there, and nobody is asked anything afterwards. docs/conformance.md lists them.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/provider/relying_party.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using oidc::flow;
using lie = std::function<void(fake_provider&)>;

struct fault
{
    std::string name;
    lie tell;
    std::string outcome;
};

const std::string token = "oidc_generic_token_failure at id_token.";

// The key that the provider publishes stays, another one signs.
void sign_with(fake_provider& peer, signing_key other)
{
    const auto published = peer.key.jwks({.kid = peer.kid, .use = "sig", .alg = {}});
    peer.instead["/jwks"] = replies(json_reply(nlohmann::json::parse(published)));
    peer.key = std::move(other);
}

// Sets a claim of all ID tokens, of those through the browser too; null takes it away.
lie claim(std::string name, const nlohmann::json& value)
{
    return [name, value](fake_provider& peer)
    {
        peer.claims.erase(name);
        if (!value.is_null())
            peer.claims[name] = value;
    };
}

std::vector<fault> faults()
{
    return {
        {"invalid-iss", claim("iss", "https://evil.example"), "oidc_issuer_mismatch at id_token.iss"},
        {"Google's historic iss, without https",
         claim("iss", "idp.example"),
         "oidc_issuer_mismatch at id_token.iss"},
        {"invalid-aud", claim("aud", "another"), token + "aud"},
        {"missing-aud", claim("aud", nullptr), token + "aud"},
        {"invalid-azp", claim("azp", "another"), token + "azp"},
        {"several audiences, no azp", claim("aud", {"gate", "another"}), token + "azp"},
        {"missing-iss", claim("iss", nullptr), token + "iss"},
        {"missing-sub", claim("sub", nullptr), token + "sub"},
        {"empty sub, CVE-2026-23990", claim("sub", ""), token + "sub"},
        {"missing-iat", claim("iat", nullptr), token + "iat"},
        {"missing-exp", claim("exp", nullptr), token + "exp"},
        {"expired", claim("exp", relying_party::opening - 61), token + "exp"},
        {"nonce-invalid", claim("nonce", "n-2"), "oidc_nonce_missing at id_token.nonce"},
        {"nonce missing", claim("nonce", nullptr), "oidc_nonce_missing at id_token.nonce"},
        {"invalid-sig-rs256",
         [](fake_provider& peer)
         {
             peer.key = signing_key::make("RS256");
             sign_with(peer, signing_key::make_rsa("RS256", 2048));
         },
         token + "signature"},
        {"invalid-sig-es256",
         [](fake_provider& peer) { sign_with(peer, signing_key::make("ES256")); },
         token + "signature"},
        {"invalid-sig-hs256, CVE-2026-33322",
         [](fake_provider& peer)
         { sign_with(peer, signing_key::with_secret("HS256", peer.key.public_pem())); },
         token + "alg"},
        {"kid of no key",
         [](fake_provider& peer)
         {
             sign_with(peer, peer.key);
             peer.kid = "k9";
         },
         token + "signature"},
    };
}

} // namespace

TEST_CASE("a fault in the ID token of the token endpoint ends the sign-in before UserInfo", "[provider]")
{
    const auto how = GENERATE(flow::pkce, flow::code, flow::code_token);
    const auto each = GENERATE(from_range(faults()));
    CAPTURE(each.name, oidc::response_type(how));
    relying_party rp(how);
    each.tell(rp.peer);
    CHECK(outcome(rp.sign_in()) == each.outcome);
    CHECK(rp.calls() == "1,0");
}

TEST_CASE(
    "a fault in the ID token from the browser ends the sign-in before its code is redeemed", "[provider]"
)
{
    const auto how =
        GENERATE(flow::implicit, flow::id_token_token, flow::code_id_token, flow::code_id_token_token);
    const auto each = GENERATE(from_range(faults()));
    CAPTURE(each.name, oidc::response_type(how));
    relying_party rp(how);
    each.tell(rp.peer);
    CHECK(outcome(rp.sign_in()) == each.outcome);
    CHECK(rp.calls() == "0,0");
}

TEST_CASE("a fault only in the second ID token of a hybrid sign-in ends it before UserInfo", "[provider]")
{
    const auto how = GENERATE(flow::code_id_token, flow::code_id_token_token);
    const auto each = GENERATE(from_range(faults()));
    CAPTURE(each.name, oidc::response_type(how));
    relying_party rp(how);
    const auto honest = rp.response();
    // With another key published the first token would fail too, so that one is published beside it.
    const auto first = nlohmann::json::parse(rp.peer.key.jwk({.kid = "k1", .use = "sig", .alg = {}}));
    each.tell(rp.peer);
    if (const auto jwks = rp.peer.instead.find("/jwks"); jwks != rp.peer.instead.end())
    {
        auto both = nlohmann::json::parse(jwks->second({})->body);
        both["keys"].push_back(first);
        jwks->second = replies(json_reply(both));
    }
    CHECK(outcome(rp.sign_in(honest)) == each.outcome);
    CHECK(rp.calls() == "1,0");
}

TEST_CASE("the same sign-ins without a fault are good", "[provider]")
{
    const auto [how, calls] = GENERATE(table<flow, std::string>({
        {flow::pkce, "1,1"},
        {flow::code, "1,1"},
        {flow::implicit, "0,0"},
        {flow::id_token_token, "0,1"}, // no code, so the access token of the browser is the only one
        {flow::code_id_token, "1,1"},
        {flow::code_token, "1,1"},
        {flow::code_id_token_token, "1,1"},
    }));
    CAPTURE(oidc::response_type(how));
    relying_party rp(how);
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.subject().view() == "alice");
    CHECK(rp.calls() == calls);
    // With a code, what came through the browser is checked and then not used.
    const std::string in_front = oidc::has_access_token(how) ? "at-0" : "";
    CHECK(got->access_token.reveal() == (oidc::has_code(how) ? "at-1" : in_front));
}

TEST_CASE("hybrid: a code or an access token that the first ID token does not name is not used", "[provider]")
{
    const auto [name, how, member, value, expected] =
        GENERATE(table<std::string, flow, std::string, nlohmann::json, std::string>({
            {"missing-c-hash", flow::code_id_token, "c_hash", nullptr, token + "c_hash"},
            {"invalid-c-hash", flow::code_id_token, "c_hash", "AAAAAAAAAAAAAAAAAAAAAA", token + "c_hash"},
            {"missing-c-hash", flow::code_id_token_token, "c_hash", nullptr, token + "c_hash"},
            {"invalid-c-hash", flow::code_id_token_token, "c_hash", "AAAA", token + "c_hash"},
            {"missing-at-hash", flow::code_id_token_token, "at_hash", nullptr, token + "at_hash"},
            {"invalid-at-hash", flow::code_id_token_token, "at_hash", "AAAA", token + "at_hash"},
            {"missing-at-hash", flow::id_token_token, "at_hash", nullptr, token + "at_hash"}, // Core 3.2.2.9
            {"invalid-at-hash", flow::id_token_token, "at_hash", "AAAA", token + "at_hash"},
        }));
    CAPTURE(name, oidc::response_type(how));
    relying_party rp(how);
    rp.peer.front_claims[member] = value;
    CHECK(outcome(rp.sign_in()) == expected);
    CHECK(rp.calls() == "0,0");
}

TEST_CASE("hybrid: both ID tokens are about one person (Core 3.3.3.6)", "[provider]")
{
    const auto how = GENERATE(flow::code_id_token, flow::code_id_token_token);
    relying_party rp(how);
    rp.peer.front_claims["sub"] = "bob";
    CHECK(outcome(rp.sign_in()) == "oidc_generic_token_failure at id_token.hybrid");
    CHECK(rp.calls() == "1,0");
}

TEST_CASE("hybrid: the token endpoint's claims win, those of the browser's ID token fill in", "[provider]")
{
    relying_party rp(flow::code_id_token);
    rp.peer.userinfo = {{"sub", "alice"}};
    rp.peer.front_claims = {{"email", "front@example.com"}, {"department", "front"}};
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.text("email") == "alice@example.com");
    CHECK(got->claims.text("department") == "front");
}

TEST_CASE("a wrong at_hash of the token endpoint's ID token ends the sign-in before UserInfo", "[provider]")
{
    const auto how = GENERATE(flow::pkce, flow::code_token, flow::code_id_token);
    relying_party rp(how);
    const auto honest = rp.response();
    rp.peer.claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA";
    CHECK(outcome(rp.sign_in(honest)) == token + "at_hash");
    CHECK(rp.calls() == "1,0");
}

TEST_CASE("implicit: an access token that the ID token does not name ends the sign-in", "[provider]")
{
    const auto [name, hash] = GENERATE(table<std::string, nlohmann::json>({
        {"missing-at-hash", nullptr}, // Core 3.2.2.9
        {"invalid-at-hash", "AAAAAAAAAAAAAAAAAAAAAA"},
    }));
    CAPTURE(name);
    relying_party rp(flow::implicit);
    rp.peer.front_claims["at_hash"] = hash;
    auto received = rp.response();
    received.push_back({"access_token", "at-0"});
    CHECK(outcome(rp.sign_in(received)) == token + "at_hash");
    CHECK(rp.calls() == "0,0");
}

TEST_CASE("max_age: an ID token whose auth_time is too old, or missing, ends every flow", "[provider]")
{
    const auto [how, calls] = GENERATE(table<flow, std::string>({
        {flow::pkce, "1,0"},
        {flow::implicit, "0,0"},
        {flow::code_id_token, "0,0"},
    }));
    relying_party rp(how);
    rp.max_age = std::chrono::seconds(60);
    if (GENERATE(true, false))
        rp.peer.claims["auth_time"] = relying_party::opening - 600;
    CHECK(outcome(rp.sign_in()) == token + "auth_time");
    CHECK(rp.calls() == calls);
}
