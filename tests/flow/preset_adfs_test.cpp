// SPDX-License-Identifier: Apache-2.0
// AD FS as it behaves (docs/providers/adfs.md), from the settings on.
#include "base/encoding.hpp"
#include "flow/preset_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

settings::sources at_adfs(const settings::environment& more = {})
{
    settings::environment all{{"OIDC_ISSUER", "https://sso.acme.example/adfs"}};
    all.insert(more.begin(), more.end());
    return written("adfs", all);
}

} // namespace

TEST_CASE("AD FS is never asked for UserInfo, and what it calls upn is name and address", "[flow]")
{
    preset_house adfs(at_adfs());
    CHECK(adfs.from.oidc.preset == settings::preset::adfs);
    adfs.peer().instead["/userinfo"] = always({{"error", "invalid_token"}}, 401);
    adfs.peer().claims["upn"] = "taro@acme.example";
    const auto person = adfs.person();
    CHECK(person["username"] == "taro@acme.example");
    CHECK(person["email"] == "taro@acme.example");
    CHECK(adfs.peer().asked("/userinfo") == 0);
}

TEST_CASE("what AD FS puts into the access token alone is found there", "[flow]")
{
    preset_house adfs(at_adfs({{"IDENTITY_ROLES_HEADER", "X-Forwarded-Roles"}}));
    // Its issuer is another one than the ID token's.
    give_access_token(
        adfs,
        signed_by(
            adfs,
            {{"iss", "http://sso.acme.example/adfs/services/trust"},
             {"sub", "another"},
             {"upn", "taro@acme.example"},
             {"group", {"staff"}},
             {"role", "approver"},
             {"exp", opening + 300}}
        )
    );
    const auto person = adfs.person();
    CHECK(person["user"] == "s-1");
    CHECK(person["username"] == "taro@acme.example");
    CHECK(person["email"] == "taro@acme.example");
    CHECK(person["groups"] == json_value{"staff"});
    CHECK(person["roles"] == json_value{"approver"});
}

TEST_CASE("AD FS's access token for another service, which nobody here can read, stops nobody", "[flow]")
{
    preset_house adfs(at_adfs());
    adfs.peer().claims["group"] = "staff";
    give_access_token(adfs, "opaque");
    CHECK(adfs.person()["groups"] == json_value{"staff"});
}

TEST_CASE("AD FS's addresses with a slash at their end are called with it", "[flow]")
{
    preset_house adfs(at_adfs());
    const std::string at = "https://sso.acme.example/adfs/oauth2/";
    adfs.peer().metadata["authorization_endpoint"] = at + "authorize/";
    adfs.peer().metadata["token_endpoint"] = at + "token/";
    adfs.peer().instead["/adfs/oauth2/token/"] = [&peer = adfs.peer()](const net::outgoing_request&)
    {
        return json_reply({{"id_token", peer.id_token()}, {"access_token", "at-1"}, {"token_type", "Bearer"}}
        );
    };
    CHECK(adfs.here.leave().provider_address.text().starts_with(at + "authorize/?"));
    CHECK(adfs.sign_in().status == 303);
}

TEST_CASE("a state that AD FS decodes once too often is still the same", "[flow]")
{
    preset_house adfs(at_adfs());
    const auto journey = adfs.here.leave();
    CHECK(
        journey.state.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
        std::string::npos
    );
    const auto decoded = percent_decode(journey.state).value();
    const auto back = adfs.here.get("/oidc/callback?code=c-1&state=" + decoded, errand::link_elsewhere);
    CHECK(back.status == 303);
    CHECK(adfs.here.is_signed_in());
}
