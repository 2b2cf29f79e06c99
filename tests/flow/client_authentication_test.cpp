// SPDX-License-Identifier: Apache-2.0
// Whole sign-ins at a provider that takes a code from nobody but the client it belongs to.
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "flow/house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <utility>

using namespace sekisho;
using namespace sekisho::test;
using oidc::client_authentication;

namespace
{

// What a provider does with the proof, in its own reading of RFC 6749 2.3.1 and RFC 7523 3.
struct gatekeeper
{
    house& here;
    client_authentication method;
    std::string shared = "s3cret of more than thirty-two bytes, for HS256";
    std::set<std::string> used_ids{};

    std::string authorization_of(const net::outgoing_request& request) const
    {
        for (const auto& [name, value] : request.fields)
            if (name == "Authorization")
                return value;
        return {};
    }

    // Our keys, as anybody gets them.
    std::vector<crypto::verification_key> published() const
    {
        const auto answer = here.get("/oidc/jwks", errand::bare);
        std::vector<crypto::verification_key> found;
        if (answer.status == 200)
            for (const auto& each : json::parse(answer.body)["keys"])
                found.push_back(crypto::verification_key::from_jwk(each).value());
        return found;
    }

    bool takes_assertion(const http::form& form, const std::vector<crypto::verification_key>& known)
    {
        if (form.first("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            return false;
        const std::string text(form.first("client_assertion").value_or(""));
        const auto jws = crypto::take_apart(text);
        if (!jws || std::ranges::none_of(known, [&](const auto& key) { return crypto::verify(*jws, key); }))
            return false;
        const auto claims = json::parse(as_text(jws->payload));
        const auto now = to_numeric_date(here.now);
        return claims["iss"] == "gate" && claims["sub"] == "gate" &&
               claims["aud"] == "https://idp.example/token" && claims["iat"] <= now && claims["exp"] > now &&
               claims["exp"] <= now + 120 && used_ids.insert(claims["jti"].get<std::string>()).second;
    }

    bool takes(const net::outgoing_request& request)
    {
        const auto form = http::form::parse(request.body).value();
        const auto basic = authorization_of(request);
        const bool has_id = form.first("client_id") == "gate";
        const bool has_secret = form.first("client_secret").has_value();
        const bool has_assertion = form.first("client_assertion").has_value();
        switch (method)
        {
        case client_authentication::client_secret_basic:
            return basic == "Basic " + base64_encode(as_bytes("gate:" + form_encode(shared))) &&
                   !has_secret && !has_assertion;
        case client_authentication::client_secret_post:
            return basic.empty() && has_id && form.first("client_secret") == shared;
        case client_authentication::client_secret_jwt:
            return basic.empty() && !has_secret &&
                   takes_assertion(form, {crypto::verification_key::from_secret(secret(shared))});
        case client_authentication::private_key_jwt:
            return basic.empty() && !has_secret && takes_assertion(form, keys);
        default: // the connection is the proof, or there is none
            return basic.empty() && has_id && !has_secret && !has_assertion;
        }
    }

    std::vector<crypto::verification_key> keys{};

    result<net::incoming_response> answer(const net::outgoing_request& request)
    {
        if (!takes(request))
            return json_reply({{"error", "invalid_client"}}, 401);
        return json_reply(
            {{"id_token", here.peer.id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}}
        );
    }
};

house_plan plan_for(client_authentication method, const temporary_directory& disk)
{
    house_plan plan;
    const auto key_file = disk.write("key.pem", openssl_ec_pkcs8);
    plan.configure = [method, key_file](provider::configuration& what)
    {
        what.authentication = method;
        what.client_secret = secret("s3cret of more than thirty-two bytes, for HS256");
        what.proofs.signing_key = key_file;
        what.proofs.has_certificate = true;
    };
    return plan;
}

void open_gate(house& here, gatekeeper& keeper)
{
    here.peer.instead["/token"] = [&keeper](const net::outgoing_request& request)
    { return keeper.answer(request); };
}

} // namespace

TEST_CASE("somebody signs in whichever way the client proves itself", "[flow]")
{
    const auto method = GENERATE(
        client_authentication::none,
        client_authentication::client_secret_basic,
        client_authentication::client_secret_post,
        client_authentication::client_secret_jwt,
        client_authentication::private_key_jwt,
        client_authentication::tls_client_auth,
        client_authentication::self_signed_tls_client_auth
    );
    CAPTURE(oidc::name(method));
    const temporary_directory disk;
    house here(plan_for(method, disk));
    gatekeeper keeper{here, method};
    keeper.keys = keeper.published();
    open_gate(here, keeper);
    CHECK(here.sign_in().status == 303);
    CHECK(here.is_signed_in());
    std::swap(here.jar, here.other_browser);
    CHECK(here.sign_in().status == 303); // somebody else: no assertion is used twice
}

TEST_CASE("a provider that gets another proof than it takes signs nobody in", "[flow]")
{
    const auto [sent, wanted] = GENERATE(table<client_authentication, client_authentication>({
        {client_authentication::none, client_authentication::client_secret_basic},
        {client_authentication::client_secret_post, client_authentication::client_secret_basic},
        {client_authentication::client_secret_jwt, client_authentication::private_key_jwt},
        {client_authentication::private_key_jwt, client_authentication::client_secret_jwt},
        {client_authentication::client_secret_post, client_authentication::tls_client_auth},
    }));
    const temporary_directory disk;
    house here(plan_for(sent, disk));
    gatekeeper keeper{here, wanted};
    keeper.keys = keeper.published();
    open_gate(here, keeper);
    CHECK(here.sign_in().status != 303);
    CHECK_FALSE(here.is_signed_in());
    CHECK(here.peer.asked("/token") == 1);
}

TEST_CASE("a provider that fetched our keys an hour ago knows the one that signs after a rotation", "[flow]")
{
    const temporary_directory disk;
    const auto write = [&](const std::string& name, time_point signs_from)
    {
        auto key = crypto::signing_key::generate(crypto::algorithm::es256).value().private_jwk();
        key["nbf"] = to_numeric_date(signs_from);
        disk.write(name, key.dump());
    };
    const time_point start{std::chrono::seconds(opening)};
    write("1.jwk", start);
    house_plan plan;
    plan.configure = [&](provider::configuration& what)
    {
        what.client_secret = secret();
        what.proofs.signing_key = disk.path();
    };
    house here(plan);
    write("2.jwk", start + 1h);
    gatekeeper keeper{here, client_authentication::private_key_jwt};
    keeper.keys = keeper.published();
    CHECK(keeper.keys.size() == 2);
    open_gate(here, keeper);
    CHECK(here.sign_in().status == 303);
    const auto early = here.peer.last_body("/token");
    here.now += 1h;
    here.peer.claims["iat"] = opening + 3600;
    here.peer.claims["exp"] = opening + 3900;
    CHECK(here.sign_in().status == 303);
    const auto kid_in = [](const std::string& body)
    {
        const auto form = http::form::parse(body).value();
        const std::string text(form.first("client_assertion").value_or(""));
        return crypto::take_apart(text)->kid.value();
    };
    CHECK(kid_in(early) != kid_in(here.peer.last_body("/token")));
}

TEST_CASE("our keys are public, brief in caches and without their private halves", "[flow]")
{
    const temporary_directory disk;
    house here(plan_for(client_authentication::private_key_jwt, disk));
    const auto answer = here.get("/oidc/jwks", errand::bare);
    CHECK(answer.status == 200);
    CHECK(answer.field("Content-Type") == "application/jwk-set+json");
    CHECK(answer.field("Cache-Control") == "public, max-age=300");
    CHECK(answer.field("Set-Cookie").empty());
    const auto keys = json::parse(answer.body)["keys"];
    REQUIRE(keys.size() == 1);
    CHECK_FALSE(keys[0].contains("d"));
    CHECK(keys[0]["use"] == "sig");
    CHECK(here.post("/oidc/jwks", "", errand::bare).status == 405);
}

TEST_CASE("without a key of ours there is no key set", "[flow]")
{
    house here;
    CHECK(here.get("/oidc/jwks", errand::bare).status == 404);
}
