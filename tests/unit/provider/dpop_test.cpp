// SPDX-License-Identifier: Apache-2.0
// Sign-ins, renewals and UserInfo at a provider whose tokens are good only with a proof of our key (RFC
// 9449).
#include "base/json.hpp"
#include "crypto/jws.hpp"
#include "crypto/signing_key.hpp"
#include "support/binding_provider.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "unit/provider/relying_party.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

std::string new_key(crypto::algorithm alg = crypto::algorithm::es256)
{
    return crypto::signing_key::generate(alg).value().private_jwk().dump();
}

std::string thumbprint_of(const std::string& jwk)
{
    return crypto::signing_key::from_jwk(nlohmann::json::parse(jwk)).value().thumbprint();
}

struct fixture
{
    fixture() { rp.what.dpop_key = disk.write("dpop.jwk", jwk); }

    result<provider::renewed_sign_in> renew()
    {
        return run(
            rp.context(),
            rp.live().renew(secret("rt-1"), {{"https://idp.example", oidc::subject("alice"), {}}, {}})
        );
    }
    result<provider::renewed_sign_in> recheck(const std::string& access_token)
    {
        return run(
            rp.context(),
            rp.live().recheck(secret(access_token), {{"https://idp.example", oidc::subject("alice"), {}}, {}})
        );
    }
    result<std::string> address()
    {
        const auto metadata = run(rp.context(), rp.live().metadata());
        REQUIRE(metadata);
        oidc::authorization_request request;
        request.client = oidc::client_id("gate");
        request.state = oidc::state("s-1");
        return run(rp.context(), rp.live().authorization_address(*metadata, request));
    }
    temporary_directory disk;
    std::string jwk = new_key();
    relying_party rp;
    binding_provider peer{rp.peer, [this] { return rp.now; }};
};

using list = std::vector<std::string>;

} // namespace

TEST_CASE("a sign-in and its renewal prove one key at the token endpoint and at UserInfo", "[provider]")
{
    fixture the;
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.rp.calls() == "1,1");
    CHECK(the.peer.bound_token == thumbprint_of(the.jwk));
    the.rp.now += std::chrono::seconds(90);
    const auto renewed = the.renew();
    REQUIRE(outcome(renewed) == "ok");
    CHECK(outcome(renewed->person) == "ok");
    CHECK(outcome(the.recheck("at-2")) == "ok");
    CHECK(the.rp.calls() == "2,3");
    CHECK(the.peer.refusals() == list{});
}

TEST_CASE(
    "a server that wants its nonce is asked once more, and the nonce is kept for the next time", "[provider]"
)
{
    fixture the;
    the.peer.nonces["/token"] = "n-1";
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.peer.refusals() == list{"/token: nonce"});
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.rp.calls() == "3,2");
    the.peer.nonces["/token"] = "n-2"; // they change now and then
    REQUIRE(outcome(the.renew()) == "ok");
    CHECK(the.rp.calls() == "5,3");
    CHECK(the.peer.refusals() == list{"/token: nonce", "/token: nonce"});
}

TEST_CASE("the nonce of UserInfo is not the one of the token endpoint, on one host too", "[provider]")
{
    fixture the;
    the.peer.nonces["/token"] = "n-1";
    the.peer.nonces["/userinfo"] = "n-2";
    for (int number = 0; number < 3; ++number)
        REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.peer.refusals() == list{"/token: nonce", "/userinfo: nonce"});
    CHECK(the.rp.calls() == "4,4");
}

TEST_CASE("a nonce that comes with a good answer is used the next time (RFC 9449, 8.2)", "[provider]")
{
    fixture the;
    const auto usual = the.rp.peer.instead["/token"];
    the.rp.peer.instead["/token"] = [&](const net::outgoing_request& request)
    {
        auto made = usual(request);
        the.peer.nonces["/token"] = "n-7";
        made->fields.emplace_back("DPoP-Nonce", "n-7");
        return made;
    };
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.peer.refusals() == list{});
}

TEST_CASE("whoever wants another nonce each time is asked twice, not for ever", "[provider]")
{
    fixture the;
    const auto path = GENERATE(as<std::string>{}, "/token", "/userinfo");
    const auto usual = the.rp.peer.instead[path];
    int count = 0;
    the.rp.peer.instead[path] = [&](const net::outgoing_request& request)
    {
        the.peer.nonces[path] = "n-" + std::to_string(++count);
        return usual(request);
    };
    const auto is_token = path == "/token";
    CHECK(
        outcome(the.rp.sign_in()) == (is_token ? "oidc_code_exchange_failure at token_response.use_dpop_nonce"
                                               : "oidc_userinfo_failure at userinfo.dpop")
    );
    CHECK(the.rp.calls() == (is_token ? "2,0" : "1,2"));
}

TEST_CASE("an answer that wants a nonce and gives none that can be used is not repeated", "[provider]")
{
    fixture the;
    const auto nonce = GENERATE(as<std::string>{}, "", "with \"quotes\"");
    the.rp.peer.instead["/token"] = [&](const net::outgoing_request&)
    {
        auto again = json_reply({{"error", "use_dpop_nonce"}}, 400);
        again.fields.emplace_back("DPoP-Nonce", nonce);
        return again;
    };
    CHECK_FALSE(the.rp.sign_in());
    CHECK(the.rp.calls() == "1,0");
}

TEST_CASE("UserInfo that is in trouble with the proof throws nobody out", "[provider]")
{
    fixture the;
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    const auto [challenge, expected] = GENERATE(table<std::string, std::string>({
        {R"(DPoP error="invalid_dpop_proof")", "oidc_userinfo_failure at userinfo.dpop"},
        {R"(DPoP error="use_dpop_nonce")", "oidc_userinfo_failure at userinfo.dpop"},
        {R"(DPoP error="invalid_token")", "oidc_refresh_refused at userinfo.token"},
    }));
    the.rp.peer.instead["/userinfo"] = replies({401, {{"WWW-Authenticate", challenge}}, ""});
    CHECK(outcome(the.recheck("at-1")) == expected);
}

TEST_CASE("a token that is not bound to our key is refused, and used nowhere (RFC 9449, 5)", "[provider]")
{
    fixture the;
    the.peer.token_type = "Bearer";
    const auto got = the.rp.sign_in();
    CHECK(outcome(got) == "oidc_code_exchange_failure at token_response");
    CHECK(has(detail(got), "Bearer"));
    CHECK(has(detail(got), "oidc.dpop_key"));
    CHECK(the.rp.calls() == "1,0");
    CHECK(outcome(the.renew()) == "oidc_refresh_failure at token_response");
}

TEST_CASE("a token that is bound although we have no key for it is refused, with the setting", "[provider]")
{
    relying_party rp;
    rp.peer.instead["/token"] = replies(
        json_reply({{"id_token", rp.peer.id_token()}, {"access_token", "at-1"}, {"token_type", "DPoP"}})
    );
    const auto got = rp.sign_in();
    CHECK(outcome(got) == "oidc_code_exchange_failure at token_response");
    CHECK(has(detail(got), "oidc.dpop_key"));
    CHECK(rp.field("/token", "DPoP").empty());
}

TEST_CASE("a code is bound to the key by the browser's request, and proven by what is pushed", "[provider]")
{
    fixture the;
    const auto is_pushed = GENERATE(false, true);
    the.rp.peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
    the.peer.nonces["/par"] = "n-1";
    if (is_pushed)
        the.rp.what.wishes.pushed = provider::pushing::always;
    const auto address = the.address();
    REQUIRE(outcome(address) == "ok");
    const auto said = "dpop_jkt=" + thumbprint_of(the.jwk);
    CHECK(has(*address, said) == !is_pushed);
    CHECK(has(the.rp.peer.last_body("/par"), said) == is_pushed);
    CHECK(the.rp.peer.asked("/par") == (is_pushed ? 2 : 0));
    CHECK(the.peer.refusals() == (is_pushed ? list{"/par: nonce"} : list{}));
    CHECK(the.peer.bound_code == (is_pushed ? thumbprint_of(the.jwk) : ""));
}

TEST_CASE("without a key nothing speaks of one", "[provider]")
{
    fixture the;
    the.rp.what.dpop_key.clear();
    const auto address = the.address();
    REQUIRE(outcome(address) == "ok");
    CHECK_FALSE(has(*address, "dpop"));
    the.rp.peer.instead.clear();
    CHECK(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.rp.field("/token", "DPoP").empty());
    CHECK(the.rp.field("/userinfo", "DPoP").empty());
    CHECK(the.rp.field("/userinfo", "Authorization") == "Bearer at-1");
}

TEST_CASE("a proof names the provider's own address, not the one we dial", "[provider]")
{
    fixture the;
    the.rp.what.reach.back_channel = url::parse("http://keycloak.internal:8080").value();
    the.peer.origin = "https://idp.example";
    CHECK(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.rp.peer.requests().back().target.origin() == "http://keycloak.internal:8080");
    CHECK(the.peer.refusals() == list{});
}

TEST_CASE("a client assertion is never used twice, for a nonce neither", "[provider]")
{
    fixture the;
    the.peer.nonces["/token"] = "n-1";
    the.rp.what.authentication = oidc::client_authentication::client_secret_jwt;
    the.rp.what.client_secret = secret("a secret of more than thirty-two bytes");
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    list bodies;
    for (const auto& each : the.rp.peer.requests())
        if (each.target.path() == "/token")
            bodies.push_back(each.body);
    REQUIRE(bodies.size() == 2);
    CHECK(has(bodies[0], "client_assertion="));
    CHECK(bodies[0] != bodies[1]);
}

TEST_CASE("a key that the provider does not take is told before anybody is sent there", "[provider]")
{
    fixture the;
    the.rp.peer.metadata["dpop_signing_alg_values_supported"] = {"RS256"};
    const auto address = the.address();
    CHECK(outcome(address) == "oidc_login_error at oidc.dpop_key");
    CHECK(has(detail(address), "RS256"));
    CHECK(outcome(the.rp.sign_in()) == "oidc_code_exchange_failure at oidc.dpop_key");
    CHECK(the.rp.calls() == "0,0");
}

TEST_CASE(
    "under a profile a proof is signed with an algorithm of the profile (FAPI 2.0, 5.4.1)", "[provider]"
)
{
    fixture the;
    the.rp.what.proofs.allowed = {
        crypto::algorithm::ps256, crypto::algorithm::es256, crypto::algorithm::eddsa
    };
    the.rp.what.dpop_key = the.disk.write("rsa.jwk", std::string(rfc7515_rsa));
    the.rp.peer.metadata["dpop_signing_alg_values_supported"] = {"RS256", "PS256", "ES256"};
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    const auto proof = the.rp.field("/token", "DPoP");
    CHECK(crypto::take_apart(proof).value().alg == crypto::algorithm::ps256);
}

TEST_CASE("a key that no algorithm of the profile goes with is a problem at start", "[provider]")
{
    fixture the;
    the.rp.what.proofs.allowed = {crypto::algorithm::ps256, crypto::algorithm::es256};
    the.rp.what.dpop_key = the.disk.write("p384.jwk", new_key(crypto::algorithm::es384));
    const auto problems = the.rp.live().credential_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().where == "oidc.dpop_key");
    CHECK(has(problems.front().detail, "oidc.profile allows PS256, ES256"));
}

TEST_CASE(
    "a key that cannot be used is a problem at start, and no request goes out without a proof", "[provider]"
)
{
    fixture the;
    const auto what = GENERATE(as<std::string>{}, "missing", "nonsense", "directory");
    the.rp.what.dpop_key = what == "directory"  ? the.disk.path()
                           : what == "nonsense" ? the.disk.write("nonsense", "x")
                                                : the.disk.file(what);
    const auto problems = the.rp.live().credential_problems();
    REQUIRE(problems.size() == 1);
    CHECK(problems.front().where == "oidc.dpop_key");
    if (what == "directory")
        return; // the gate does not start
    CHECK(has(problems.front().detail, what));
    CHECK(outcome(the.rp.sign_in()) == "oidc_code_exchange_failure at oidc.dpop_key");
    CHECK(the.rp.calls() == "0,0");
}

TEST_CASE(
    "another key in the file is used from then on, and what is no key leaves the last one in use",
    "[provider]"
)
{
    fixture the;
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    const auto next = new_key(crypto::algorithm::eddsa);
    the.disk.write("dpop.jwk", next);
    the.rp.now += std::chrono::seconds(1);
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.peer.bound_token == thumbprint_of(next));
    the.disk.write("dpop.jwk", "half a k");
    the.rp.now += std::chrono::seconds(1);
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    CHECK(the.peer.bound_token == thumbprint_of(next));
}

TEST_CASE("a refresh token that is bound to another key is not taken, and nobody is thrown out", "[provider]")
{
    fixture the;
    REQUIRE(outcome(the.rp.sign_in()) == "ok");
    the.disk.write("dpop.jwk", new_key());
    the.rp.now += std::chrono::seconds(1);
    CHECK(outcome(the.renew()) == "oidc_refresh_failure at token_response.invalid_dpop_proof");
    CHECK(the.peer.refusals() == list{"/token: key"});
}
