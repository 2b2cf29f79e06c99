// SPDX-License-Identifier: Apache-2.0
// PingOne and PingFederate as they behave (docs/providers/ping.md), from the settings on.
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "flow/preset_house.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

const std::string federate = "https://sso.acme.example";
const std::string one = "https://auth.pingone.eu/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/as";
const std::string landing = "https://app.example.com/logout";

settings::sources at_federate(settings::environment more = {})
{
    more.insert({{"OIDC_ISSUER", federate}, {"OIDC_PRESET", "ping"}});
    return written("ping", more);
}

settings::sources at_one(settings::environment more = {})
{
    more.insert({{"OIDC_ISSUER", one}});
    return written("ping", more);
}

// What PingOne's /signoff does with a browser that comes by this address: sends it back, asks first, or shows
// a page of errors.
std::string signed_off_at_one(preset_house& ping, const std::string& address)
{
    REQUIRE(address.starts_with(one + "/signoff?"));
    if (parameter_of(address, "post_logout_redirect_uri") != landing)
        return "error";
    const auto hint = parameter_of(address, "id_token_hint");
    if (hint.empty())
        return parameter_of(address, "client_id") == ping.from.oidc.client_id ? "asked" : "error";
    const auto jws = crypto::take_apart(hint);
    if (!jws)
        return "error";
    const auto claims = json_value::parse(as_text(jws->payload));
    return claims["exp"] > to_numeric_date(ping.here.now) ? "back" : "error";
}

} // namespace

TEST_CASE("Ping's directory names are address, user name and groups", "[flow]")
{
    preset_house ping(at_federate());
    ping.peer().claims.update({{"mail", "taro@acme.example"}, {"memberOf", {"CN=staff,DC=acme"}}});
    const auto person = ping.person();
    CHECK(person["email"] == "taro@acme.example");
    CHECK(person["username"] == "taro@acme.example");
    CHECK(person["groups"] == json_value{"CN=staff,DC=acme"});

    preset_house named(at_federate({{"OIDC_GROUPS_CLAIM", "memberOf{cn}"}}));
    named.peer().claims["memberOf"] = {"CN=staff,DC=acme", "CN=tokyo\\, all,DC=acme"};
    CHECK(named.person()["groups"] == json_value{"staff", "tokyo, all"});
}

TEST_CASE("PingFederate's older address for signing out has one word, of its own", "[flow]")
{
    preset_house ping(at_federate());
    ping.peer().metadata["ping_end_session_endpoint"] = federate + "/idp/startSLO.ping";
    REQUIRE(ping.sign_in().status == 303);
    const auto out = ping.way_out();
    CHECK(out == federate + "/idp/startSLO.ping?TargetResource=https%3A%2F%2Fapp.example.com%2Flogout");
    // It brings no state back; who comes is nevertheless the person who signed out.
    const auto landed = ping.here.get("/logout", errand::link_elsewhere);
    CHECK(landed.status == 200);
    CHECK_FALSE(has(landed.body, "may still be signed in"));
    CHECK_FALSE(ping.here.is_signed_in());
}

TEST_CASE("PingFederate's /idp/init_logout.openid knows the standard's words, however it is known", "[flow]")
{
    const auto address = federate + "/idp/init_logout.openid";
    const auto is_set = GENERATE(true, false);
    CAPTURE(is_set);
    preset_house ping(at_federate({{"OIDC_END_SESSION_ENDPOINT", is_set ? address : ""}}));
    ping.peer().metadata["ping_end_session_endpoint"] = federate + "/idp/startSLO.ping"; // is there as well
    if (!is_set)
        ping.peer().metadata["end_session_endpoint"] = address;
    REQUIRE(ping.sign_in().status == 303);
    const auto out = ping.way_out();
    CHECK(out.starts_with(address + "?"));
    CHECK_FALSE(parameter_of(out, "id_token_hint").empty());
    CHECK(parameter_of(out, "client_id") == ping.from.oidc.client_id);
    CHECK(parameter_of(out, "post_logout_redirect_uri") == landing);
    CHECK_FALSE(parameter_of(out, "state").empty());
    CHECK(parameter_of(out, "TargetResource").empty());
}

TEST_CASE("with oidc.sign_out=standard PingFederate's older address is not used", "[flow]")
{
    preset_house ping(at_federate({{"OIDC_SIGN_OUT", "standard"}}));
    ping.peer().metadata["ping_end_session_endpoint"] = federate + "/idp/startSLO.ping";
    REQUIRE(ping.sign_in().status == 303);
    CHECK(ping.way_out().empty());
}

TEST_CASE("PingOne refuses a sign-out with an expired hint, and gets none", "[flow]")
{
    const auto [rule, minutes, becomes] = GENERATE(table<std::string, int, std::string>({
        {"", 0, "back"},
        {"", 4, "back"},
        {"", 10, "asked"},       // the ID token is good for five
        {"always", 4, "back"},   // a setting wins
        {"always", 10, "error"}, // and this is what the preset is for
        {"while_valid", 5, "asked"},
    }));
    CAPTURE(rule, minutes);
    preset_house ping(at_one({{"OIDC_SIGN_OUT_HINT", rule}}));
    CHECK(ping.from.oidc.preset == settings::preset::ping);
    ping.peer().metadata["end_session_endpoint"] = one + "/signoff";
    REQUIRE(ping.sign_in().status == 303);
    ping.here.now += std::chrono::minutes(minutes);
    CHECK(signed_off_at_one(ping, ping.way_out()) == becomes);
    CHECK_FALSE(ping.here.is_signed_in());
}

TEST_CASE("a scope that PingOne's application was not given is not asked for", "[flow]")
{
    preset_house ping(at_one());
    const auto there = ping.here.leave().provider_address;
    CHECK(parameter_of(there.text(), "scope") == "openid profile email"); // offline_access: invalid_scope
}
