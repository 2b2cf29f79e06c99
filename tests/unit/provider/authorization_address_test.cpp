// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/jwe.hpp"
#include "crypto/jws.hpp"
#include "http/form.hpp"
#include "provider/authorization_address.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "unit/provider/fixture.hpp"

#include <nlohmann/json.hpp>

#include <array>

using namespace sekisho;
using namespace std::chrono_literals;
using test::outcome;

namespace
{

const std::string pushed = R"({"request_uri":"urn:x:1","expires_in":60})";

struct fixture : test::provider_fixture
{
    net::incoming_response created(std::string body = pushed)
    {
        auto made = test::json_answer(std::move(body));
        made.status = 201;
        return made;
    }
    // With further members.
    std::string document(std::string_view more) const
    {
        auto text = test::discovery_document;
        text.replace(text.rfind('}'), 1, std::string(more) + "}");
        return text;
    }
    result<std::string> address(provider::provider& from)
    {
        const auto metadata = test::run(context, from.metadata());
        REQUIRE(metadata);
        oidc::authorization_request request;
        request.client = oidc::client_id("gate");
        request.redirect = oidc::redirect_uri("https://gate.example/oidc/callback");
        request.scopes = {"openid"};
        request.state = oidc::state("s-1");
        request.nonce = oidc::nonce("n-1");
        return test::run(context, from.authorization_address(*metadata, request));
    }
};

constexpr std::string_view with_par = R"(,"pushed_authorization_request_endpoint":"https://op.example/par")";
constexpr std::string_view demands_par =
    R"(,"pushed_authorization_request_endpoint":"https://op.example/par",
       "require_pushed_authorization_requests":true)";

} // namespace

TEST_CASE("a request is pushed where it is wished or demanded, and nowhere else", "[provider]")
{
    using enum provider::pushing;
    const auto [wish, more, is_pushed] = GENERATE(table<provider::pushing, std::string_view, bool>({
        {automatic, "", false},
        {automatic, with_par, false},
        {automatic, demands_par, true},
        {always, with_par, true},
        {never, demands_par, false},
        {never, with_par, false},
    }));
    fixture the;
    the.what.wishes.pushed = wish;
    the.http.answer_json(the.document(more));
    the.http.answer(the.created());
    const auto address = the.address(the.make());
    REQUIRE(outcome(address) == "ok");
    CHECK(the.asked("/par") == (is_pushed ? 1 : 0));
    CHECK((address == "https://op.example/authorize?client_id=gate&request_uri=urn%3Ax%3A1") == is_pushed);
    CHECK(test::has(*address, "state=s-1") == !is_pushed);
}

TEST_CASE("what is pushed proves us as every other call does", "[provider]")
{
    fixture the;
    the.what.wishes.pushed = provider::pushing::always;
    the.what.authentication = oidc::client_authentication::client_secret_post;
    the.http.answer_json(the.document(with_par));
    the.http.answer(the.created());
    REQUIRE(the.address(the.make()));
    const auto form = http::form::parse(the.http.requests().back().body).value();
    CHECK(form.first("client_id") == "gate");
    CHECK(form.first("client_secret") == "s3cret");
    CHECK(form.first("state") == "s-1");
    CHECK(form.first("redirect_uri") == "https://gate.example/oidc/callback");
}

TEST_CASE("with a certificate the alias is asked, and an address of the settings before both", "[provider]")
{
    fixture the;
    the.what.wishes.pushed = provider::pushing::always;
    the.what.proofs.has_certificate = true;
    const auto has_own = GENERATE(false, true);
    if (has_own)
        the.what.reach.endpoints.pushed_authorization_request_endpoint =
            url::parse("https://own.example/par").value();
    the.http.answer_json(the.document(
        std::string(with_par) +
        R"(,"mtls_endpoint_aliases":{"pushed_authorization_request_endpoint":"https://mtls.example/par"})"
    ));
    the.http.answer(the.created());
    REQUIRE(the.address(the.make()));
    CHECK(
        the.http.requests().back().target.text() ==
        (has_own ? "https://own.example/par" : "https://mtls.example/par")
    );
}

TEST_CASE("what cannot be pushed never goes another way, and is asked once", "[provider]")
{
    const auto [status, expected] = GENERATE(table<int, std::string>({
        {0, "oidc_provider_unavailable at pushed_authorization_request_endpoint"},
        {500, "oidc_provider_unavailable at pushed_request"},
        {400, "oidc_auth_error at pushed_request"},
        {200, "oidc_auth_error at pushed_request"},
    }));
    fixture the;
    the.http.answer_json(the.document(demands_par));
    if (status == 0)
        the.http.answer(fail(errc::network_timeout, "connect"));
    else
    {
        auto answer = the.created();
        answer.status = status;
        the.http.answer(answer);
    }
    auto& from = the.make();
    CHECK(outcome(the.address(from)) == expected);
    CHECK(the.asked("/par") == 1);
}

TEST_CASE("after an outage the next one waits its moment; then the provider is asked again", "[provider]")
{
    fixture the;
    the.http.answer_json(the.document(demands_par));
    the.http.answer(fail(errc::network_timeout, "connect"));
    the.http.answer(the.created());
    auto& from = the.make();
    CHECK_FALSE(the.address(from));
    CHECK_FALSE(the.address(from));
    CHECK(the.asked("/par") == 1);
    the.steady += provider::push_limit::pause;
    CHECK(the.address(from));
    CHECK(the.asked("/par") == 2);
}

TEST_CASE("a provider that demands pushed requests and says no address for them is told of", "[provider]")
{
    fixture the;
    the.http.answer_json(the.document(R"(,"require_pushed_authorization_requests":true)"));
    const auto address = the.address(the.make());
    CHECK(outcome(address) == "oidc_metadata_fetch_failure at pushed_authorization_request_endpoint");
    CHECK(test::has(test::detail(address), "oidc.pushed_authorization_request_endpoint"));
}

TEST_CASE(
    "a signed request goes by the browser, or pushed with nothing beside it (RFC 9126, 3)", "[provider]"
)
{
    const test::temporary_directory disk;
    fixture the;
    the.what.wishes.object = provider::request_object::signed_by_us;
    the.what.proofs.signing_key = disk.write("key.pem", test::openssl_ec_pkcs8);
    the.what.authentication = oidc::client_authentication::client_secret_post;
    const auto is_pushed = GENERATE(false, true);
    the.what.wishes.pushed = is_pushed ? provider::pushing::always : provider::pushing::never;
    the.http.answer_json(the.document(with_par));
    the.http.answer(the.created());
    auto& from = the.make();
    const auto address = the.address(from);
    REQUIRE(outcome(address) == "ok");
    const auto sent = is_pushed ? the.http.requests().back().body : address->substr(address->find('?') + 1);
    const auto form = http::form::parse(sent).value();
    const std::string text(form.first("request").value_or(""));
    const auto jws = crypto::take_apart(text);
    REQUIRE(jws);
    const auto ours = crypto::verification_key::from_jwk(from.published_keys().at(0).public_jwk()).value();
    CHECK(crypto::verify(*jws, ours));
    const auto claims = json::parse(as_text(jws->payload));
    CHECK(claims["aud"] == "https://op.example");
    CHECK(claims["state"] == "s-1");
    CHECK(form.first("client_id") == "gate");
    CHECK_FALSE(form.first("state"));
    CHECK(form.first("scope").has_value() == !is_pushed);
}

TEST_CASE(
    "two signed requests are never the same, and a key that is gone is told with its setting", "[provider]"
)
{
    const test::temporary_directory disk;
    fixture the;
    the.what.wishes.object = provider::request_object::signed_by_us;
    the.what.proofs.signing_key = disk.file("key.pem");
    the.http.answer_json(test::discovery_document);
    const auto failed = the.address(the.make());
    CHECK(outcome(failed) == "oidc_login_error at oidc.signing_key");
    CHECK(test::has(test::detail(failed), "key.pem"));
    fixture other;
    other.what.wishes = the.what.wishes;
    other.what.proofs.signing_key = disk.write("key.pem", test::openssl_ec_pkcs8);
    other.http.answer_json(test::discovery_document);
    auto& from = other.make();
    const auto first = other.address(from);
    REQUIRE(outcome(first) == "ok");
    CHECK(*first != other.address(from).value());
}

TEST_CASE("an encrypted request needs the provider's keys, once, and is new each time", "[provider]")
{
    const test::temporary_directory disk;
    const auto recipient = crypto::decryption_key::generate(crypto::key_management::ecdh_es).value();
    fixture the;
    the.what.wishes.object = provider::request_object::encrypted;
    the.what.proofs.signing_key = disk.write("key.pem", test::openssl_ec_pkcs8);
    auto keys = json::parse(the.jwks());
    keys["keys"].push_back(recipient.public_jwk());
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(keys.dump());
    auto& from = the.make();
    const auto first = the.address(from);
    REQUIRE(outcome(first) == "ok");
    const auto second = the.address(from);
    CHECK(the.asked("/jwks") == 1);
    CHECK(*first != second.value());
    CHECK_FALSE(test::has(*first, "state"));
    const auto query = http::form::parse(first->substr(first->find('?') + 1)).value();
    const auto jwe = crypto::take_apart_encrypted(query.first("request").value());
    REQUIRE(outcome(jwe) == "ok");
    CHECK(jwe->kid == recipient.kid());
    const auto inside = crypto::decrypt(*jwe, std::array{recipient});
    REQUIRE(outcome(inside) == "ok");
    CHECK(json::parse(as_text(crypto::take_apart(inside->reveal())->payload))["state"] == "s-1");
}

TEST_CASE(
    "a request that is to be encrypted and cannot be is told with its setting, and not pushed", "[provider]"
)
{
    const test::temporary_directory disk;
    const auto [keys, expected] = GENERATE(table<int, std::string>({
        {200, "has no key for encryption"}, // it only signs
        {500, "jwks"},
    }));
    fixture the;
    the.what.wishes.object = provider::request_object::encrypted;
    the.what.wishes.pushed = provider::pushing::always;
    the.what.proofs.signing_key = disk.write("key.pem", test::openssl_ec_pkcs8);
    the.http.answer_json(the.document(with_par));
    auto answer = test::json_answer(the.jwks());
    answer.status = keys;
    the.http.answer(answer);
    const auto address = the.address(the.make());
    CHECK(outcome(address) == "oidc_login_error at oidc.request_object");
    CAPTURE(test::detail(address));
    CHECK(test::has(test::detail(address), expected));
    CHECK(the.asked("/par") == 0);
}
