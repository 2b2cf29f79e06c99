// SPDX-License-Identifier: Apache-2.0
// Google Workspace with its groups, which no token has: the Admin SDK, asked by a service account that acts
// for an administrator (docs/providers/google.md), from the settings on.
#include "crypto/jws.hpp"
#include "crypto/signing_key.hpp"
#include "flow/preset_house.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

const std::string key_file = "/run/secrets/google.json";
const std::string groups_path = "/admin/directory/v1/groups";
const std::string groups_kind = "admin#directory#groups";

// Made once: an RSA key takes a while.
const crypto::signing_key& account_key()
{
    static const auto key = crypto::signing_key::generate(crypto::algorithm::rs256).value();
    return key;
}

settings::sources at_google(settings::environment more = {})
{
    more.insert(
        {{"OIDC_SERVICE_ACCOUNT", key_file},
         {"OIDC_SERVICE_ACCOUNT_ACTOR", "reader@acme.example"},
         {"OIDC_HOSTED_DOMAINS", "acme.example"}}
    );
    return written("google", more);
}

settings::environment files()
{
    const json_value file{
        {"type", "service_account"},
        {"client_email", "gate@project.iam.gserviceaccount.com"},
        {"private_key_id", "key-1"},
        {"private_key", account_key().private_pem().reveal()},
        {"token_uri", "https://oauth2.googleapis.com/token"},
    };
    return {{key_file, file.dump()}};
}

// Both of Google's token addresses, and the Admin SDK, as strict as they are.
struct workspace
{
    preset_house& google;
    std::size_t grants = 0;
    std::string scope = "https://www.googleapis.com/auth/admin.directory.group.readonly"; // that is delegated

    explicit workspace(preset_house& at) : google(at)
    {
        google.peer().claims.update(
            {{"email", "taro@acme.example"}, {"email_verified", true}, {"hd", "acme.example"}}
        );
        google.peer().instead["/token"] = [this](const net::outgoing_request& asked)
        { return asked.target.host() == "oauth2.googleapis.com" ? grant(asked) : redeemed(); };
        google.peer().instead[groups_path] = [](const net::outgoing_request& asked) { return list(asked); };
    }

    result<net::incoming_response> redeemed() const
    {
        return json_reply(
            {{"id_token", google.peer().id_token()}, {"access_token", "at-of-taro"}, {"token_type", "Bearer"}}
        );
    }

    result<net::incoming_response> grant(const net::outgoing_request& asked)
    {
        const auto form = http::form::parse(asked.body).value();
        const auto jws = crypto::take_apart(form.first("assertion").value_or(""));
        const auto key = crypto::verification_key::from_jwk(account_key().public_jwk()).value();
        if (!jws || jws->kid != "key-1" || !crypto::verify(*jws, key))
            return json_reply({{"error", "invalid_grant"}}, 400);
        const auto said = json_value::parse(as_text(jws->payload));
        const auto now = to_numeric_date(google.here.now);
        if (said["aud"] != asked.target.text() || said["sub"] != "reader@acme.example" || said["iat"] != now)
            return json_reply({{"error", "invalid_grant"}}, 400);
        if (said["scope"] != scope || said["iss"] != "gate@project.iam.gserviceaccount.com")
            return json_reply({{"error", "unauthorized_client"}}, 401);
        ++grants;
        return json_reply({{"access_token", "at-of-the-account"}, {"expires_in", 3599}});
    }

    static result<net::incoming_response> list(const net::outgoing_request& asked)
    {
        const auto address = asked.target.text();
        if (field_of(asked, "Authorization") != "Bearer at-of-the-account")
            return json_reply({{"error", {{"code", 401}, {"status", "UNAUTHENTICATED"}}}}, 401);
        if (parameter_of(address, "userKey") != "s-1")
            return json_reply({{"error", {{"code", 404}, {"message", "Resource Not Found: userKey"}}}}, 404);
        if (parameter_of(address, "pageToken").empty())
            return json_reply(
                {{"kind", groups_kind},
                 {"groups", {{{"email", "staff@acme.example"}}}},
                 {"nextPageToken", "more/2="}}
            );
        return json_reply({{"kind", groups_kind}, {"groups", {{{"email", "tokyo@acme.example"}}}}});
    }
};

} // namespace

TEST_CASE("groups of Workspace come from the Admin SDK, by a service account and all its pages", "[flow]")
{
    preset_house google(at_google(), files());
    CHECK(google.from.oidc.groups_from == settings::group_source::google); // by the preset
    workspace at(google);
    CHECK(google.person()["groups"] == json_value{"staff@acme.example", "tokyo@acme.example"});
    const auto asked = google.asked_addresses();
    CHECK(has(asked, "https://oauth2.googleapis.com/token\n"));
    CHECK(has(asked, "https://admin.googleapis.com" + groups_path + "?maxResults=200&userKey=s-1\n"));
    CHECK(has(asked, "&pageToken=more%2F2%3D\n"));
}

TEST_CASE("signing in again asks the Admin SDK nothing for some minutes, then with the same token", "[flow]")
{
    preset_house google(at_google(), files());
    workspace at(google);
    const json_value groups{"staff@acme.example", "tokyo@acme.example"};
    CHECK(google.person()["groups"] == groups);
    google.become_somebody_else();
    CHECK(google.person()["groups"] == groups);
    CHECK(google.peer().asked(groups_path) == 2); // two pages, once
    google.here.now += std::chrono::minutes(6);
    google.peer().claims["exp"] = opening + 900;
    google.become_somebody_else();
    CHECK(google.person()["groups"] == groups);
    CHECK(google.peer().asked(groups_path) == 4);
    CHECK(at.grants == 1);
}

TEST_CASE("the groups of Workspace go through the filters as any others do", "[flow]")
{
    preset_house google(
        at_google({{"IDENTITY_GROUPS_INCLUDE", "/@acme\\.example$/"}, {"IDENTITY_GROUPS_EXCLUDE", "staff@*"}}
        ),
        files()
    );
    workspace at(google);
    CHECK(google.person()["groups"] == json_value{"tokyo@acme.example"});
}

TEST_CASE("without delegation, API or the person in the Workspace nobody comes in with no groups", "[flow]")
{
    preset_house google(at_google(), files());
    workspace at(google);
    const std::string fault = GENERATE("delegation", "API", "person", "outage", "HTML");
    CAPTURE(fault);
    if (fault == "delegation")
        at.scope = "https://www.googleapis.com/auth/admin.directory.user.readonly";
    if (fault == "API")
        google.peer().instead[groups_path] =
            always({{"error", {{"code", 403}, {"message", "Admin SDK API has not been used"}}}}, 403);
    if (fault == "person")
        google.peer().claims["sub"] = google.peer().userinfo["sub"] = "s-2";
    if (fault == "outage")
        google.peer().instead[groups_path] = [](const auto&)
        { return fail(errc::network_timeout, "net", "nothing came"); };
    if (fault == "HTML")
        google.peer().instead[groups_path] = [](const auto&)
        { return net::incoming_response{200, {{"Content-Type", "text/html"}}, "<html>"}; };
    const auto back = google.sign_in();
    CHECK(back.status == 502);
    CHECK(has(back.body, "oidc_directory_failure"));
    CHECK_FALSE(google.here.is_signed_in());
}

TEST_CASE("somebody of another Workspace is refused before the Admin SDK hears of them", "[flow]")
{
    preset_house google(at_google(), files());
    workspace at(google);
    google.peer().claims["hd"] = "other.example";
    CHECK(has(google.sign_in().body, "oidc_account_not_allowed"));
    CHECK(google.peer().asked(groups_path) == 0);
    CHECK(at.grants == 0);
}
