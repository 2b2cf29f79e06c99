// SPDX-License-Identifier: Apache-2.0
// A provider under FAPI 2.0, between its document and a verified sign-in.
#include "crypto/jws.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "unit/provider/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;

namespace
{

struct fixture : test::provider_fixture
{
    fixture()
    {
        what.client_secret = secret();
        what.profile.emplace();
        what.profile->name = "fapi2_security";
        what.profile->algorithms = {
            crypto::algorithm::ps256, crypto::algorithm::es256, crypto::algorithm::eddsa
        };
        what.profile->authentication = {oidc::client_authentication::private_key_jwt};
        what.algorithms = what.profile->algorithms;
        what.authentication = oidc::client_authentication::private_key_jwt;
        what.wishes.pushed = provider::pushing::always;
        what.proofs.signing_key = disk.write("key.pem", test::openssl_ec_pkcs8);
        what.proofs.allowed = what.profile->algorithms;
        what.proofs.audience = provider::assertion_audience::issuer;
        what.proofs.has_certificate = true;
    }
    // With aliases for calls with a certificate (RFC 8705, 5).
    static std::string document()
    {
        auto text = test::discovery_document;
        return text.insert(
            text.size() - 1,
            R"(,"pushed_authorization_request_endpoint":"https://op.example/par",
                "tls_client_certificate_bound_access_tokens":true,
                "mtls_endpoint_aliases":{"token_endpoint":"https://mtls.example/token",
                "pushed_authorization_request_endpoint":"https://mtls.example/par"})"
        );
    }
    nlohmann::json assertion_in(const net::outgoing_request& request) const
    {
        const auto form = http::form::parse(request.body).value();
        const auto jws = crypto::take_apart(form.first("client_assertion").value_or("")).value();
        CHECK(jws.alg == crypto::algorithm::es256);
        return nlohmann::json::parse(as_text(jws.payload));
    }

    test::temporary_directory disk;
};

} // namespace

TEST_CASE(
    "under a profile a request is pushed with a proof for the issuer, by the certificate's address",
    "[provider]"
)
{
    fixture the;
    auto& one = the.make();
    the.http.answer_json(the.document());
    const auto metadata = test::run(the.context, one.metadata());
    REQUIRE(test::outcome(metadata) == "ok");
    auto created = test::json_answer(R"({"request_uri":"urn:x:1","expires_in":60})");
    created.status = 201;
    the.http.answer(std::move(created));
    oidc::authorization_request request;
    request.client = the.what.client;
    const auto address = test::run(the.context, one.authorization_address(*metadata, request, nullptr));
    REQUIRE(test::outcome(address) == "ok");
    CHECK(*address == "https://op.example/authorize?client_id=gate&request_uri=urn%3Ax%3A1");
    const auto& pushed = the.http.requests().back();
    CHECK(pushed.target.text() == "https://mtls.example/par");
    CHECK(the.assertion_in(pushed)["aud"] == "https://op.example");
}

TEST_CASE("under a profile an ID token signs in by its algorithms alone", "[provider]")
{
    const auto [key, is_taken] = GENERATE(table<test::signing_key, bool>({
        {test::signing_key::make("ES256"), true},
        {test::signing_key::make("PS256"), true},
        {test::signing_key::make("EdDSA"), true},
        {test::signing_key::make("RS256"), false},
        {test::signing_key::make("ES384"), false},
        {test::signing_key::make_ed448(), false},
    }));
    CAPTURE(key.algorithm());
    fixture the;
    the.key = key;
    the.http.answer_json(the.document());
    the.http.answer_json(the.token_body(the.id_token()));
    the.http.answer_json(the.jwks());
    the.http.answer_json(the.jwks());
    const auto got = the.sign_in(the.make());
    CHECK(got.has_value() == is_taken);
    const auto& token_call = the.http.requests().at(1);
    CHECK(token_call.target.text() == "https://mtls.example/token");
    CHECK(the.assertion_in(token_call)["aud"] == "https://op.example");
}
