// SPDX-License-Identifier: Apache-2.0
// Microsoft Entra ID as it behaves (docs/providers/entra.md), from the settings on.
#include "base/encoding.hpp"
#include "flow/preset_house.hpp"
#include "support/catch.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_certificates.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

const std::string tenant = "11111111-2222-3333-4444-555555555555";
const std::string login = "https://login.microsoftonline.com/";

settings::sources of_tenant(settings::environment more = {})
{
    more.try_emplace("OIDC_ISSUER", login + tenant + "/v2.0");
    return written("entra", more);
}

// A version 2 ID token: no email_verified, groups only when somebody configured them.
void speak(preset_house& entra)
{
    entra.peer().claims.update(
        {{"oid", "o-1"}, {"tid", tenant}, {"preferred_username", "taro@acme.example"}, {"ver", "2.0"}}
    );
}

settings::sources of_tenants(const std::string& which)
{
    return of_tenant({{"OIDC_ISSUER", login + which + "/v2.0"}, {"OIDC_TENANTS", tenant}});
}

void speak_for(preset_house& entra, const std::string& of)
{
    speak(entra);
    entra.peer().metadata["issuer"] = login + "{tenantid}/v2.0"; // letter by letter
    entra.peer().claims["iss"] = login + of + "/v2.0";
    entra.peer().claims["tid"] = of;
}

// RFC 7515, 4.1.7; straight from the certificate's lines.
std::string sha1_of(const std::string& certificate_pem)
{
    std::string lines;
    std::istringstream text(certificate_pem);
    for (std::string line; std::getline(text, line);)
        if (!line.starts_with('-'))
            lines += line;
    std::string der(lines.size(), '\0');
    const auto size = EVP_DecodeBlock(
        reinterpret_cast<unsigned char*>(der.data()),
        reinterpret_cast<const unsigned char*>(lines.data()),
        static_cast<int>(lines.size())
    );
    const auto padding = static_cast<int>(std::ranges::count(lines, '='));
    std::array<unsigned char, 20> digest{};
    EVP_Digest(
        der.data(), static_cast<std::size_t>(size - padding), digest.data(), nullptr, EVP_sha1(), nullptr
    );
    return base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

const std::string graph = "/v1.0/me/transitiveMemberOf/microsoft.graph.group";

} // namespace

TEST_CASE("a person of one Entra tenant is the object id, whatever address stands in the token", "[flow]")
{
    preset_house entra(of_tenant());
    CHECK(entra.from.oidc.preset == settings::preset::entra);
    speak(entra);
    entra.peer().claims["email"] = "ceo@acme.example"; // anybody may write that into their own account
    const auto person = entra.person();
    CHECK(person["user"] == "o-1");
    CHECK(person["username"] == "taro@acme.example");
    CHECK(entra.peer().asked("/userinfo") == 0); // it lives on Graph and refuses other tokens
}

TEST_CASE("Entra gets an Origin from the kind SPA and none from the kind Web", "[flow]")
{
    const auto [secret, origin] = GENERATE(table<std::string, std::string>({
        {"THE_VALUE", ""},               // AADSTS9002326
        {"", "https://app.example.com"}, // AADSTS9002327
    }));
    CAPTURE(secret);
    preset_house entra(of_tenant({{"OIDC_CLIENT_SECRET", secret}}));
    speak(entra);
    REQUIRE(entra.sign_in().status == 303);
    CHECK(entra.token_field("Origin") == origin);
}

TEST_CASE("Entra's overage is followed to Graph without a word about it in the settings", "[flow]")
{
    preset_house entra(of_tenant());
    speak(entra);
    const auto overage = GENERATE(
        json_value{
            {"_claim_names", {{"groups", "src1"}}}, {"_claim_sources", {{"src1", {{"endpoint", "x"}}}}}
        },
        json_value{{"hasgroups", true}}
    );
    entra.peer().claims.update(overage);
    entra.peer().instead[graph] = always({{"value", {{{"id", "g-1"}}, {{"id", "g-2"}}}}});
    CHECK(entra.person()["groups"] == json_value{"g-1", "g-2"});
    CHECK(has(entra.asked_addresses(), "https://graph.microsoft.com" + graph));
}

TEST_CASE("when Graph refuses, nobody of Entra comes in with no groups", "[flow]")
{
    preset_house entra(of_tenant());
    speak(entra);
    entra.peer().claims["hasgroups"] = true;
    entra.peer().instead[graph] = always({{"error", {{"code", "Authorization_RequestDenied"}}}}, 403);
    const auto back = entra.sign_in();
    CHECK(has(back.body, "oidc_directory_failure"));
    CHECK_FALSE(entra.here.is_signed_in());
}

TEST_CASE("the issuer of common and organizations is the tenant's own, and only of tenants let in", "[flow]")
{
    const auto* const which = GENERATE("common", "organizations");
    CAPTURE(which);
    preset_house entra(of_tenants(which));
    speak_for(entra, tenant);
    CHECK(entra.sign_in().status == 303);

    preset_house foreign(of_tenants(which));
    speak_for(foreign, "99999999-2222-3333-4444-555555555555");
    CHECK(has(foreign.sign_in().body, "oidc_account_not_allowed"));
    CHECK_FALSE(foreign.here.is_signed_in());
}

TEST_CASE("RFC 9207: an answer behind organizations may name a tenant that is let in, and no other", "[flow]")
{
    const auto* const of =
        GENERATE("11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555");
    CAPTURE(of);
    preset_house entra(of_tenants("organizations"));
    speak_for(entra, tenant);
    const auto journey = entra.here.leave();
    const auto back = entra.here.get(
        "/oidc/callback?code=c-1&state=" + journey.state + "&iss=https%3A%2F%2Flogin.microsoftonline.com%2F" +
            of + "%2Fv2.0",
        errand::link_elsewhere
    );
    CHECK(entra.here.is_signed_in() == (of == tenant));
    CHECK(has(back.body, "oidc_issuer_mismatch") == (of != tenant));
    CHECK(entra.peer().asked("/token") == (of == tenant ? 1U : 0U));
}

TEST_CASE("a token of one tenant that names another in tid is refused", "[flow]")
{
    preset_house entra(of_tenants("organizations"));
    speak_for(entra, "99999999-2222-3333-4444-555555555555");
    entra.peer().claims["tid"] = tenant;
    CHECK(has(entra.sign_in().body, "oidc_issuer_mismatch"));
    CHECK_FALSE(entra.here.is_signed_in());
}

TEST_CASE("nOAuth: behind common no address is believed but the one that Entra verified", "[flow]")
{
    preset_house entra(of_tenants("common"));
    speak_for(entra, tenant);
    entra.peer().claims["email"] = "ceo@victim.example";
    CHECK(entra.person()["email"].is_null());

    preset_house verified(of_tenants("common"));
    speak_for(verified, tenant);
    verified.peer().claims["verified_primary_email"] = {"taro@acme.example"};
    CHECK(verified.person()["email"] == "taro@acme.example");
}

TEST_CASE("Entra's version 1 issuer ends with a slash and calls the sign-in name upn", "[flow]")
{
    const auto issuer = "https://sts.windows.net/" + tenant + "/";
    preset_house entra(of_tenant({{"OIDC_ISSUER", issuer}}));
    CHECK(entra.from.oidc.preset == settings::preset::entra);
    entra.peer().claims.update({{"oid", "o-1"}, {"tid", tenant}, {"upn", "taro@acme.example"}, {"ver", "1.0"}}
    );
    const auto person = entra.person();
    CHECK(person["user"] == "o-1");
    CHECK(person["username"] == "taro@acme.example");
}

TEST_CASE("Entra's front channel has a sid and no iss, and is no person signing out", "[flow]")
{
    preset_house entra(of_tenant());
    speak(entra);
    entra.peer().claims["sid"] = "sid-1";
    REQUIRE(entra.sign_in().status == 303);
    const auto told = entra.here.get("/logout?sid=sid-1", errand::frame_elsewhere);
    CHECK(told.status == 200);
    CHECK(told.field("Location").empty());
    CHECK_FALSE(entra.here.is_signed_in()); // by its sid: no cookie came along
}

TEST_CASE("Entra's answer may come by form_post, with a code and with an ID token", "[flow]")
{
    const std::string method = GENERATE("pkce", "implicit");
    CAPTURE(method);
    preset_house entra(of_tenant({{"OIDC_AUTH_METHOD", method}, {"OIDC_RESPONSE_MODE", "form_post"}}));
    speak(entra);
    const auto journey = entra.here.leave();
    CHECK(parameter_of(journey.provider_address.text(), "response_mode") == "form_post");
    const auto answer = method == "pkce" ? "code=c-1" : "id_token=" + entra.peer().front_id_token("", "");
    const auto back =
        entra.here.post("/oidc/callback", answer + "&state=" + journey.state, errand::form_elsewhere);
    CHECK(back.status == 303);
    CHECK(entra.here.is_signed_in());
}

TEST_CASE("Entra finds the key of an assertion by the thumbprint of its certificate", "[flow]")
{
    const temporary_directory disk;
    const auto issued = test_authority::issue_self_signed({});
    const auto has_certificate = GENERATE(true, false);
    preset_house entra(of_tenant(
        {{"OIDC_CLIENT_SECRET", ""},
         {"OIDC_SIGNING_KEY", disk.write("key.pem", issued.key_pem)},
         {"OIDC_SIGNING_CERTIFICATE",
          has_certificate ? disk.write("certificate.pem", issued.certificate_pem) : ""}}
    ));
    speak(entra);
    entra.peer().instead["/token"] = [&](const net::outgoing_request& asked)
    {
        const auto assertion = parameter_of("?" + asked.body, "client_assertion");
        const auto head = base64url_decode(assertion.substr(0, assertion.find('.')));
        if (!head || json_value::parse(as_text(*head)).value("x5t", "") != sha1_of(issued.certificate_pem))
            return json_reply(
                {{"error", "invalid_client"}, {"error_description", "AADSTS700027: The certificate …"}}, 401
            );
        return json_reply(
            {{"id_token", entra.peer().id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}}
        );
    };
    const auto back = entra.sign_in();
    CHECK(entra.here.is_signed_in() == has_certificate);
    CHECK(has(back.body, "oidc_code_exchange_failure") != has_certificate);
    CHECK(entra.token_field("Origin").empty());
}
