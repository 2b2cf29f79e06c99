// SPDX-License-Identifier: Apache-2.0
// What the OpenID Foundation's relying party tests expect of UserInfo and of claims that come from elsewhere.
// docs/conformance.md lists them.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/provider/relying_party.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

net::incoming_response jwt_reply(const std::string& jwt)
{
    return {200, {{"Content-Type", "application/jwt"}}, jwt};
}

nlohmann::json signed_claims()
{
    return {{"iss", "https://idp.example"}, {"aud", "gate"}, {"sub", "alice"}, {"department", "signed"}};
}

// UserInfo that names a place for `address`.
nlohmann::json pointing_to(const nlohmann::json& source)
{
    return {
        {"sub", "alice"},
        {"_claim_names", {{"address", "src1"}}},
        {"_claim_sources", {{"src1", source}}},
    };
}

} // namespace

TEST_CASE("userinfo-bearer-header, userinfo-bearer-body: the token goes where the setting says", "[provider]")
{
    const auto [place, field, body] = GENERATE(table<oidc::token_place, std::string, std::string>({
        {oidc::token_place::header, "Bearer at-1", ""},
        {oidc::token_place::body, "", "access_token=at-1"},
        {oidc::token_place::query, "", ""},
    }));
    relying_party rp;
    rp.what.userinfo_token = place;
    REQUIRE(outcome(rp.sign_in()) == "ok");
    CHECK(rp.field("/userinfo", "Authorization") == field);
    CHECK(rp.peer.last_body("/userinfo") == body);
    const auto& last = rp.peer.requests().back();
    CHECK(last.target.query() == (place == oidc::token_place::query ? "access_token=at-1" : ""));
    CHECK(last.method == (place == oidc::token_place::body ? "POST" : "GET"));
}

TEST_CASE("scope-userinfo-claims: what the ID token lacks comes from UserInfo", "[provider]")
{
    relying_party rp;
    rp.peer.userinfo["department"] = "sales";
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.text("department") == "sales");
}

TEST_CASE("userinfo-invalid-sub: claims about somebody else end the sign-in", "[provider]")
{
    const auto how = GENERATE(oidc::flow::pkce, oidc::flow::code_id_token);
    relying_party rp(how);
    rp.peer.userinfo["sub"] = "bob";
    CHECK(outcome(rp.sign_in()) == "oidc_userinfo_failure at userinfo.sub");
    CHECK(rp.calls() == "1,1");
}

TEST_CASE("userinfo-signed: an answer that the provider signed is taken", "[provider]")
{
    relying_party rp;
    rp.peer.instead["/userinfo"] =
        replies(jwt_reply(rp.peer.key.sign_with_kid("k1", signed_claims().dump()) + "\n"));
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.text("department") == "signed");
    CHECK(got->claims.text("aud") == "gate");
    CHECK(rp.calls() == "1,1");
}

TEST_CASE(
    "userinfo-signed: with a key that was rotated just now the keys are fetched again once", "[provider]"
)
{
    relying_party rp;
    const auto fresh = signing_key::make("ES256");
    const auto old = nlohmann::json::parse(rp.peer.key.jwk({.kid = "k1", .use = "sig", .alg = {}}));
    const auto next = nlohmann::json::parse(fresh.jwk({.kid = "k2", .use = "sig", .alg = {}}));
    int asked = 0;
    rp.peer.instead["/jwks"] = [&](const net::outgoing_request&) -> result<net::incoming_response>
    {
        ++asked;
        auto keys = nlohmann::json::array({old});
        if (asked > 1)
            keys.push_back(next);
        return json_reply({{"keys", keys}});
    };
    rp.peer.instead["/userinfo"] = replies(jwt_reply(fresh.sign_with_kid("k2", signed_claims().dump())));
    CHECK(outcome(rp.sign_in()) == "ok");
    CHECK(asked == 2);
}

TEST_CASE(
    "a signed answer of the wrong issuer, audience, person, key or algorithm ends the sign-in", "[provider]"
)
{
    const auto [rule, name, value, expected] =
        GENERATE(table<std::string, std::string, nlohmann::json, std::string>({
            {"iss", "iss", "https://evil.example", "userinfo.iss"},
            {"aud", "aud", "another", "userinfo.aud"},
            {"sub", "sub", "bob", "userinfo.sub"},
            {"exp", "exp", relying_party::opening - 61, "userinfo.exp"},
            {"signature", "x", 1, "userinfo.signature"},
            {"HS256 under the public key", "x", 2, "userinfo.alg"},
            {"none", "x", 3, "userinfo"},
        }));
    CAPTURE(rule);
    relying_party rp;
    auto payload = signed_claims();
    payload[name] = value;
    auto key = rp.peer.key;
    if (rule == "signature")
        key = signing_key::make("ES256");
    if (rule == "HS256 under the public key")
        key = signing_key::with_secret("HS256", rp.peer.key.public_pem());
    auto jwt = key.sign_with_kid("k1", payload.dump());
    if (rule == "none")
        jwt = base64url(R"({"alg":"none"})") + "." + base64url(payload.dump()) + ".";
    rp.peer.instead["/userinfo"] = replies(jwt_reply(jwt));
    CHECK(outcome(rp.sign_in()) == "oidc_userinfo_failure at " + expected);
    CHECK(rp.calls() == "1,1");
}

TEST_CASE("aggregated-claims: claims in a JWT of the provider are taken", "[provider]")
{
    relying_party rp;
    const auto jwt = rp.peer.key.sign_with_kid("k1", R"({"address":"1 Main St","sub":"x","email":"x@x"})");
    rp.peer.userinfo = pointing_to({{"JWT", jwt}});
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.text("address") == "1 Main St");
    CHECK(got->claims.subject().view() == "alice");
    CHECK(got->claims.text("email") == "alice@example.com");
}

TEST_CASE(
    "aggregated-claims: what nobody we know has signed is left out, and the sign-in goes on", "[provider]"
)
{
    const auto bare = base64url(R"({"alg":"none"})") + "." + base64url(R"({"address":"x"})") + ".";
    const auto jwt = GENERATE_COPY(
        as<std::string>(),
        bare,
        "garbage",
        signing_key::make("ES256").sign_with_kid("k1", R"({"address":"x"})"),
        signing_key::with_secret("HS256", "s3cret").sign_with_kid("", R"({"address":"x"})")
    );
    relying_party rp;
    rp.peer.userinfo = pointing_to({{"JWT", jwt}});
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.find("address") == nullptr);
}

TEST_CASE("distributed-claims: an allowed host is asked once, with the token given for it", "[provider]")
{
    relying_party rp;
    rp.what.claim_hosts = {"claims.example"};
    rp.peer.userinfo = pointing_to({{"endpoint", "https://claims.example/c"}, {"access_token", "theirs"}});
    rp.peer.instead["/c"] = replies(json_reply({{"address", "1 Main St"}, {"admin", true}}));
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.text("address") == "1 Main St");
    CHECK(got->claims.find("admin") == nullptr);
    CHECK(rp.peer.asked("/c") == 1);
    CHECK(rp.field("/c", "Authorization") == "Bearer theirs");
}

TEST_CASE("distributed-claims: our own token never goes to another host", "[provider]")
{
    relying_party rp;
    rp.what.claim_hosts = {"claims.example"};
    rp.peer.userinfo = pointing_to({{"endpoint", "https://claims.example/c"}});
    rp.peer.instead["/c"] = replies(json_reply({{"address", "x"}}));
    REQUIRE(outcome(rp.sign_in()) == "ok");
    CHECK(rp.peer.asked("/c") == 1);
    CHECK(rp.field("/c", "Authorization").empty());
}

TEST_CASE("distributed-claims: a host that is not allowed is never asked", "[provider]")
{
    const auto endpoint = GENERATE(
        as<std::string>(),
        "https://evil.example/c",
        "http://claims.example/c",
        "https://claims.example:8443/c"
    );
    relying_party rp;
    rp.what.claim_hosts = {"claims.example"};
    rp.peer.userinfo = pointing_to({{"endpoint", endpoint}, {"access_token", "theirs"}});
    const auto got = rp.sign_in();
    REQUIRE(outcome(got) == "ok");
    CHECK(got->claims.find("address") == nullptr);
    CHECK(rp.peer.asked("/c") == 0);
}

TEST_CASE("distributed-claims: an allowed host that fails ends the sign-in by name", "[provider]")
{
    const auto answer = GENERATE(
        net::incoming_response{500, {}, ""},
        net::incoming_response{302, {{"Location", "https://evil.example/c"}}, ""},
        net::incoming_response{200, {}, "[]"}
    );
    CAPTURE(answer.status);
    relying_party rp;
    rp.what.claim_hosts = {"claims.example"};
    rp.peer.userinfo = pointing_to({{"endpoint", "https://claims.example/c"}});
    rp.peer.instead["/c"] = replies(answer);
    const auto got = rp.sign_in();
    CHECK(outcome(got) == "oidc_userinfo_failure at claim_source");
    CHECK(has(detail(got), "https://claims.example"));
    CHECK(rp.peer.asked("/c") == 1);
}
