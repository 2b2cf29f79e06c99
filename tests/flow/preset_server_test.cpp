// SPDX-License-Identifier: Apache-2.0
// Keycloak and Dex, which people run themselves, as they behave (docs/providers/).
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

#include <utility>

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

settings::sources at_keycloak(const settings::environment& more = {})
{
    settings::environment all{{"OIDC_ISSUER", "https://sso.acme.example/realms/staff"}};
    all.insert(more.begin(), more.end());
    return written("keycloak", all);
}
settings::sources at_dex(const settings::environment& more = {})
{
    settings::environment all{{"OIDC_ISSUER", "https://sso.acme.example/dex"}};
    all.insert(more.begin(), more.end());
    return written("dex", all);
}

} // namespace

TEST_CASE("Keycloak's groups are paths, its roles the client's own or else the realm's", "[flow]")
{
    preset_house keycloak(at_keycloak({{"OIDC_CLIENT_ID", "my/app.v1"}}));
    CHECK(keycloak.from.oidc.preset == settings::preset::keycloak);
    auto& claims = keycloak.peer().claims;
    claims.update({{"preferred_username", "taro"}, {"groups", {"/staff/tokyo"}}});
    claims["realm_access"]["roles"] = {"of-the-realm"};
    const auto has_client_roles = GENERATE(true, false);
    if (has_client_roles)
        claims["resource_access"]["my/app.v1"]["roles"] = {"of-the-client"};
    const auto person = keycloak.person();
    CHECK(person["groups"] == json_value{"staff/tokyo"});
    CHECK(person["roles"] == json_value{has_client_roles ? "of-the-client" : "of-the-realm"});
}

TEST_CASE("Keycloak's default mappers put roles into the access token alone, where they are found", "[flow]")
{
    preset_house keycloak(
        at_keycloak({{"OIDC_CLIENT_ID", "my/app.v1"}, {"IDENTITY_ROLES_HEADER", "X-Forwarded-Roles"}})
    );
    const auto has_client_roles = GENERATE(true, false);
    json_value inside{{"iss", keycloak.from.oidc.issuer}, {"azp", "my/app.v1"}, {"typ", "Bearer"}};
    inside["realm_access"]["roles"] = {"of-the-realm"};
    inside["resource_access"]["account"]["roles"] = {"manage-account"};
    if (has_client_roles)
        inside["resource_access"]["my/app.v1"]["roles"] = {"of-the-client"};
    give_access_token(keycloak, signed_by(keycloak, inside));
    CHECK(keycloak.person()["roles"] == json_value{has_client_roles ? "of-the-client" : "of-the-realm"});
    CHECK(keycloak.peer().asked("/jwks") == 1); // no further call
}

TEST_CASE("where no header carries roles nobody looks into Keycloak's access token", "[flow]")
{
    preset_house keycloak(at_keycloak());
    give_access_token(keycloak, signed_by(keycloak, {{"realm_access", {{"roles", {"of-the-realm"}}}}}));
    CHECK(keycloak.person()["roles"].empty());
}

TEST_CASE("roles that the ID token or UserInfo has win over those of Keycloak's access token", "[flow]")
{
    preset_house keycloak(at_keycloak({{"IDENTITY_ROLES_HEADER", "X-Forwarded-Roles"}}));
    const auto in_userinfo = GENERATE(true, false);
    (in_userinfo ? keycloak.peer().userinfo : keycloak.peer().claims)["realm_access"]["roles"] = {"told"};
    give_access_token(keycloak, signed_by(keycloak, {{"realm_access", {{"roles", {"other"}}}}}));
    CHECK(keycloak.person()["roles"] == json_value{"told"});
}

TEST_CASE("an access token of Keycloak's that is nothing to read says nothing and stops nobody", "[flow]")
{
    const auto* const chain = GENERATE("", "access_token:realm_access.roles");
    CAPTURE(chain);
    preset_house keycloak(
        at_keycloak({{"IDENTITY_ROLES_HEADER", "X-Forwarded-Roles"}, {"OIDC_ROLES_CLAIM", chain}})
    );
    const auto foreign =
        signing_key::make("ES256").sign_with_kid("k1", R"({"realm_access":{"roles":["admin"]}})");
    const auto token = GENERATE_COPY(std::string("opaque"), foreign, std::string("e30.a.b.c.d"));
    CAPTURE(token);
    give_access_token(keycloak, token);
    const auto back = keycloak.sign_in();
    const auto is_ours = std::string_view(chain).empty();
    CHECK(keycloak.here.is_signed_in() == is_ours); // what somebody wrote themselves keeps refusing
    CHECK(has(back.body, "oidc_identity_unusable") != is_ours);
    if (is_ours)
        CHECK(json_value::parse(keycloak.here.get("/oidc/session", errand::fetch).body)["roles"].empty());
}

TEST_CASE("signing out at Keycloak brings the hint, and without a kept ID token the client id", "[flow]")
{
    const auto* const kept = GENERATE("auto", "never");
    CAPTURE(kept);
    preset_house keycloak(at_keycloak({{"SESSION_KEEP_ID_TOKEN", kept}}));
    keycloak.peer().metadata["end_session_endpoint"] =
        "https://sso.acme.example/realms/staff/protocol/openid-connect/logout";
    REQUIRE(keycloak.sign_in().status == 303);
    const auto out = keycloak.way_out();
    CHECK(parameter_of(out, "client_id") == keycloak.from.oidc.client_id);
    CHECK(parameter_of(out, "id_token_hint").empty() == (std::string_view(kept) == "never"));
}

TEST_CASE("Keycloak under another host than its issuer is refused with both names", "[flow]")
{
    preset_house keycloak(at_keycloak());
    keycloak.peer().metadata["issuer"] = "http://keycloak:8080/realms/staff";
    const auto back = keycloak.here.get("/oidc/login");
    CHECK(back.status >= 400);
    CHECK(has(back.body, "oidc_issuer_mismatch"));
}

TEST_CASE("Keycloak inside a cluster is called there, under the name that people know it by", "[flow]")
{
    preset_house keycloak(at_keycloak({{"OIDC_BACK_CHANNEL_URL", "https://keycloak.inside:8443"}}));
    const auto journey = keycloak.here.leave();
    CHECK(journey.provider_address.origin() == "https://sso.acme.example");
    keycloak.here.get("/oidc/callback?code=c-1&state=" + journey.state, errand::link_elsewhere);
    CHECK(keycloak.here.is_signed_in());
    CHECK(has(keycloak.asked_addresses(), "https://keycloak.inside:8443/token"));
    CHECK_FALSE(has(keycloak.asked_addresses(), "https://sso.acme.example"));
}

TEST_CASE("a page of Keycloak's that was open for too long is told from a provider that is down", "[flow]")
{
    preset_house keycloak(at_keycloak());
    const auto* const description = GENERATE("authentication_expired", "somewhat_busy");
    const auto journey = keycloak.here.leave();
    const auto back = keycloak.here.get(
        "/oidc/callback?error=temporarily_unavailable&error_description=" + std::string(description) +
            "&state=" + journey.state,
        errand::link_elsewhere
    );
    const auto is_expired = std::string_view(description) == "authentication_expired";
    CHECK(has(back.body, "oidc_sign_in_expired") == is_expired);
    CHECK(has(back.body, "oidc_provider_unavailable") != is_expired);
    CHECK(has(back.body, "/oidc/login")); // the way to begin again
}

TEST_CASE("Dex is asked for groups, and keys that change every few hours stop nobody", "[flow]")
{
    preset_house dex(at_dex());
    CHECK(dex.from.oidc.preset == settings::preset::dex);
    dex.peer().claims["groups"] = {"acme:staff"};
    CHECK(
        parameter_of(dex.here.leave().provider_address.text(), "scope") ==
        "openid profile email groups offline_access"
    );
    CHECK(dex.person()["groups"] == json_value{"acme:staff"});

    dex.here.now += std::chrono::minutes(2); // sooner than any refresh
    std::swap(dex.here.jar, dex.here.other_browser);
    dex.peer().key = signing_key::make("ES256");
    dex.peer().kid = "k2";
    CHECK(dex.sign_in().status == 303);
    CHECK(dex.peer().asked("/jwks") == 2);
}

TEST_CASE("an address that Dex calls unverified is refused unless a setting says otherwise", "[flow]")
{
    const auto* const policy = GENERATE("", "ignore");
    preset_house dex(at_dex({{"OIDC_EMAIL_VERIFIED", policy}}));
    dex.peer().claims.update({{"email", "taro@acme.example"}, {"email_verified", false}});
    const auto back = dex.sign_in();
    const auto is_refused = std::string_view(policy).empty();
    CHECK(has(back.body, "oidc_email_unverified") == is_refused);
    CHECK(dex.here.is_signed_in() != is_refused);
}

TEST_CASE("Dex without sessions has no address to sign out at: it ends here", "[flow]")
{
    preset_house dex(at_dex());
    REQUIRE(dex.sign_in().status == 303);
    CHECK(dex.way_out().empty());
    CHECK_FALSE(dex.here.is_signed_in());
}

TEST_CASE("Dex with sessions signs people out, and asks only without a hint", "[flow]")
{
    const auto* const kept = GENERATE("auto", "never");
    CAPTURE(kept);
    preset_house dex(at_dex({{"SESSION_KEEP_ID_TOKEN", kept}}));
    dex.peer().metadata["end_session_endpoint"] = "https://sso.acme.example/dex/logout";
    REQUIRE(dex.sign_in().status == 303);
    const auto out = dex.way_out();
    CHECK(out.starts_with("https://sso.acme.example/dex/logout?"));
    CHECK(parameter_of(out, "post_logout_redirect_uri") == "https://app.example.com/logout");
    CHECK(parameter_of(out, "id_token_hint").empty() == (std::string_view(kept) == "never"));
}

TEST_CASE("Dex's issuer is its address with the path, letter by letter", "[flow]")
{
    preset_house dex(at_dex());
    const auto* const other =
        GENERATE("https://sso.acme.example", "https://sso.acme.example/dex/", "https://sso.acme.example/Dex");
    CAPTURE(other);
    const auto in_document = GENERATE(true, false);
    (in_document ? dex.peer().metadata["issuer"] : dex.peer().claims["iss"]) = other;
    const auto back = in_document ? dex.here.get("/oidc/login") : dex.sign_in();
    CHECK(has(back.body, "oidc_issuer_mismatch"));
    CHECK_FALSE(dex.here.is_signed_in());
}
