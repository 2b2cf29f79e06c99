// SPDX-License-Identifier: Apache-2.0
// Messages through the browser that it cannot read: requests that we encrypt to the provider (RFC 9101, 6.1),
// and answers that the provider encrypts to us (JARM 2.2).
#include "base/encoding.hpp"
#include "crypto/jwe.hpp"
#include "crypto/jws.hpp"
#include "flow/refused.hpp"
#include "http/form.hpp"
#include "support/private_keys.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_jwe.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

const std::string only_reference = "https://idp.example/authorize?client_id=gate&request_uri=urn%3Ax%3A1";

// A house that encrypts its requests, with a provider that has a key for them.
struct secret_house
{
    temporary_directory disk;
    house here{plan_with(disk)};

    static house_plan plan_with(const temporary_directory& disk)
    {
        house_plan plan;
        plan.configure = [file = disk.write("key.pem", openssl_ec_pkcs8)](provider::configuration& what)
        {
            what.wishes.object = provider::request_object::encrypted;
            what.proofs.signing_key = file;
            what.authentication = oidc::client_authentication::client_secret_post;
        };
        return plan;
    }

    secret_house()
    {
        here.peer.decryption_pem = private_pem("P-256");
        here.peer.metadata["request_object_encryption_alg_values_supported"] = {"RSA-OAEP", "ECDH-ES"};
        here.peer.metadata["request_object_encryption_enc_values_supported"] = {"A128CBC-HS256", "A256GCM"};
    }

    void pushes()
    {
        here.peer.metadata["pushed_authorization_request_endpoint"] = "https://idp.example/par";
        here.peer.metadata["require_pushed_authorization_requests"] = true;
    }
};

// A house that asks for answers by JARM and has a key to decrypt them.
struct listening_house
{
    temporary_directory disk;
    std::string pem = private_pem("P-256");
    house here;

    explicit listening_house(house_plan plan = {.mode = oidc::response_mode::jwt})
        : here(with_key(std::move(plan), disk.write("key.pem", pem)))
    {
    }

    static house_plan with_key(house_plan plan, const std::string& file)
    {
        plan.configure = [file](provider::configuration& what) { what.decryption_key = file; };
        return plan;
    }

    std::string for_us(std::string_view plain) const
    {
        return encrypt(plain, {"ECDH-ES+A128KW", "A128GCM", public_pem(pem)});
    }
    // The signed answer that the provider would give, encrypted or not.
    std::string signed_answer(const house::journey& from)
    {
        return parameter_of(here.honest_query(from), "response");
    }
    client_answer come_back(std::string_view response)
    {
        return here.get("/oidc/callback?response=" + form_encode(response), errand::link_elsewhere);
    }
};

} // namespace

TEST_CASE("a request that is encrypted to the provider signs people in, by the browser or pushed", "[flow]")
{
    const auto is_pushed = GENERATE(false, true);
    secret_house the;
    if (is_pushed)
        the.pushes();
    const auto there = the.here.leave();
    const auto& address = there.provider_address.text();
    CHECK((address == only_reference) == is_pushed);
    const auto object = parameter_of(is_pushed ? "?" + the.here.peer.last_body("/par") : address, "request");
    const auto jwe = crypto::take_apart_encrypted(object);
    REQUIRE(jwe);
    CHECK(jwe->alg == crypto::key_management::ecdh_es);
    CHECK(jwe->enc == crypto::content_encryption::a256gcm);
    CHECK(jwe->kid == crypto::decryption_key::from_pem(secret(the.here.peer.decryption_pem)).value().kid());
    const auto inside = the.here.peer.opened_object(object);
    const auto jws = crypto::take_apart(inside);
    REQUIRE(jws);
    const auto published = json::parse(the.here.get("/oidc/jwks", errand::bare).body)["keys"];
    CHECK(crypto::verify(*jws, crypto::verification_key::from_jwk(published.at(0)).value()));
    CHECK(json::parse(as_text(jws->payload))["state"] == there.state);
    for (const auto* const name : {"state", "nonce", "redirect_uri", "code_challenge"})
        CHECK(parameter_of(address, name).empty());
    CHECK(the.here.come_back(there).field("Location") == "/reports?a=1");
    CHECK(the.here.is_signed_in());
}

TEST_CASE(
    "a request that cannot be encrypted is not sent at all, neither by the browser nor pushed", "[flow]"
)
{
    using spoil = std::function<void(fake_provider&)>;
    const auto [what, spoiled] = GENERATE(table<std::string, spoil>({
        {"no key for encryption", [](fake_provider& at) { at.decryption_pem.clear(); }},
        {"no algorithm of ours",
         [](fake_provider& at)
         { at.metadata["request_object_encryption_alg_values_supported"] = {"RSA1_5"}; }},
        {"an algorithm of another kind of key",
         [](fake_provider& at)
         { at.metadata["request_object_encryption_alg_values_supported"] = {"RSA-OAEP-256"}; }},
        {"no encryption of ours",
         [](fake_provider& at)
         { at.metadata["request_object_encryption_enc_values_supported"] = {"A192GCM"}; }},
        {"no keys at all",
         [](fake_provider& at)
         {
             at.instead["/jwks"] = [](const net::outgoing_request&)
             { return json_reply({{"error", "server_error"}}, 500); };
         }},
    }));
    CAPTURE(what);
    const auto is_pushed = GENERATE(false, true);
    secret_house the;
    if (is_pushed)
        the.pushes();
    spoiled(the.here.peer);
    const auto page = the.here.get("/oidc/login");
    check_refused(the.here, page, "oidc_login_error");
    CHECK(page.all("Set-Cookie").empty());
    CHECK(the.here.peer.asked("/par") == 0);
}

TEST_CASE("the report of a test says that the request was encrypted", "[flow]")
{
    secret_house the;
    auto& here = the.here;
    const auto ticket = gateway::make_test_ticket(here.test_tickets, here.now, here.random);
    const auto report = here.come_back(here.leave("/oidc/test?idp=main&ticket=" + ticket));
    CHECK(has(report.body, "signed with oidc.signing_key and encrypted to the provider"));
    CHECK(has(report.body, "code_challenge_method"));
}

TEST_CASE("somebody signs in by an encrypted answer, in a query and in a form", "[flow]")
{
    const auto mode = GENERATE(
        oidc::response_mode::jwt, oidc::response_mode::query_jwt, oidc::response_mode::form_post_jwt
    );
    listening_house the({.mode = mode});
    const auto there = the.here.leave();
    const auto answer = the.for_us(the.signed_answer(there));
    const auto back =
        mode == oidc::response_mode::form_post_jwt
            ? the.here.post("/oidc/callback", "response=" + form_encode(answer), errand::form_elsewhere)
            : the.come_back(answer);
    CHECK(back.field("Location") == "/reports?a=1");
    CHECK(the.here.is_signed_in());
    CHECK(has(the.come_back(answer).field("Location"), "/")); // once: the second time it is a stray one
    CHECK(the.here.peer.asked("/token") == 1);
}

TEST_CASE("an encrypted answer that is not for us, changed, or not signed inside signs nobody in", "[flow]")
{
    using forgery = std::function<std::string(listening_house&, const std::string&)>;
    const auto [what, told, code] = GENERATE(table<std::string, forgery, std::string>({
        {"for another key",
         [](listening_house&, const std::string& jwt)
         { return encrypt(jwt, {"ECDH-ES", "A128GCM", public_pem(private_pem("P-256"))}); },
         "oidc_generic_token_failure"},
        {"for a key of another kind",
         [](listening_house&, const std::string& jwt)
         { return encrypt(jwt, {"RSA-OAEP", "A128GCM", public_pem(private_pem("RSA"))}); },
         "oidc_generic_token_failure"},
        {"changed",
         [](listening_house& the, const std::string& jwt)
         {
             auto text = the.for_us(jwt);
             auto& middle = text.at(text.rfind('.') - 20);
             middle = middle == 'A' ? 'B' : 'A';
             return text;
         },
         "oidc_generic_token_failure"},
        {"by an algorithm that we refuse",
         [](listening_house& the, const std::string& jwt)
         {
             return encrypt(
                 jwt,
                 {.alg = "ECDH-ES", .enc = "A128GCM", .to = public_pem(the.pem), .header = R"({"zip":"DEF"})"}
             );
         },
         "oidc_generic_token_failure"},
        {"claims without a signature",
         [](listening_house& the, const std::string& jwt)
         { return the.for_us(as_text(crypto::take_apart(jwt)->payload)); },
         "oidc_generic_token_failure"},
        {"encrypted twice",
         [](listening_house& the, const std::string& jwt) { return the.for_us(the.for_us(jwt)); },
         "oidc_generic_token_failure"},
        {"signed by somebody else",
         [](listening_house& the, const std::string& jwt)
         {
             const auto payload = std::string(as_text(crypto::take_apart(jwt)->payload));
             return the.for_us(signing_key::make("ES256").sign_with_kid("k1", payload));
         },
         "oidc_generic_token_failure"},
        {"alg none inside",
         [](listening_house& the, const std::string& jwt)
         {
             const auto payload = std::string(as_text(crypto::take_apart(jwt)->payload));
             return the.for_us(base64url(R"({"alg":"none"})") + "." + base64url(payload) + ".");
         },
         "oidc_generic_token_failure"},
    }));
    CAPTURE(what);
    listening_house the;
    const auto there = the.here.leave();
    const auto page = the.come_back(told(the, the.signed_answer(there)));
    check_refused(the.here, page, code);
    CHECK(page.status == 400);
    CHECK(the.here.peer.asked("/token") == 0);
}

TEST_CASE("an encrypted answer without a key of ours is refused as an encrypted ID token is", "[flow]")
{
    house here({.mode = oidc::response_mode::jwt});
    const auto there = here.leave();
    const auto jwt = parameter_of(here.honest_query(there), "response");
    const auto answer = encrypt(jwt, {"ECDH-ES", "A128GCM", public_pem(private_pem("P-256"))});
    const auto page = here.get("/oidc/callback?response=" + form_encode(answer), errand::link_elsewhere);
    check_refused(here, page, "oidc_generic_token_failure");
    CHECK(here.peer.asked("/token") == 0);
    CHECK(here.come_back(there).status == 303); // and it did no harm
}

TEST_CASE("nothing is decrypted for a browser that waits for no answer", "[flow]")
{
    listening_house the;
    const auto there = the.here.leave();
    std::swap(the.here.jar, the.here.other_browser);
    // What is inside is never looked at: otherwise it would be no signed answer.
    check_refused(the.here, the.come_back(the.for_us("nonsense")), "oidc_state_missing");
    CHECK(the.come_back(the.for_us(the.signed_answer(there))).status == 400);
    CHECK(the.here.peer.asked("/token") == 0);
}

TEST_CASE("an encrypted answer where no signed one was asked for is refused, whatever is inside", "[flow]")
{
    listening_house the(house_plan{});
    const auto there = the.here.leave();
    const auto jwt = the.here.peer.signed_response({{"state", there.state}, {"code", "c-1"}});
    check_refused(the.here, the.come_back(the.for_us(jwt)), "oidc_login_error");
    CHECK(the.here.peer.asked("/token") == 0);
}

TEST_CASE("what stands beside an encrypted answer is not believed", "[flow]")
{
    listening_house the;
    const auto there = the.here.leave();
    const auto answer = form_encode(the.for_us(the.signed_answer(there)));
    const auto page = the.here.get("/oidc/callback?code=c-2&response=" + answer, errand::link_elsewhere);
    check_refused(the.here, page, "oidc_login_error");
    CHECK(the.here.peer.asked("/token") == 0);
}
