// SPDX-License-Identifier: Apache-2.0
// Google as it behaves (docs/providers/google.md), from the settings on.
#include "flow/preset_house.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using json_value = nlohmann::json;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

settings::sources at_google(const settings::environment& more = {}) { return written("google", more); }

void speak(preset_house& google)
{
    google.peer().claims.update(
        {{"email", "taro@acme.example"}, {"email_verified", true}, {"hd", "acme.example"}, {"name", "Taro"}}
    );
}

} // namespace

TEST_CASE("Google's user name is the address, for it sends no other", "[flow]")
{
    preset_house google(at_google());
    CHECK(google.from.oidc.preset == settings::preset::google);
    speak(google);
    const auto person = google.person();
    CHECK(person["user"] == "s-1");
    CHECK(person["username"] == "taro@acme.example");
}

TEST_CASE("a Google account of another Workspace, or of none, is refused by what its token says", "[flow]")
{
    const auto [hd, is_let_in] = GENERATE(table<json_value, bool>({
        {"acme.example", true},
        {"other.example", false},
        {nullptr, false}, // a private account
        {true, false},
        {json_value::array({"acme.example"}), false},
    }));
    CAPTURE(hd.dump());
    preset_house google(at_google({{"OIDC_HOSTED_DOMAINS", "acme.example"}}));
    speak(google);
    google.peer().claims["hd"] = hd;
    const auto back = google.sign_in();
    CHECK(google.here.is_signed_in() == is_let_in);
    CHECK(has(back.body, "oidc_account_not_allowed") != is_let_in);
}

TEST_CASE("signing out ends here, and the next sign-in at Google asks which account", "[flow]")
{
    preset_house google(at_google());
    speak(google);
    // Even if some day there were an address: this one is not Google's to sign out of everything.
    google.peer().metadata["end_session_endpoint"] = "https://accounts.google.com/end";
    REQUIRE(google.sign_in().status == 303);
    CHECK(google.way_out().empty());
    CHECK_FALSE(google.here.is_signed_in());
    CHECK(parameter_of(google.here.leave().provider_address.text(), "prompt") == "select_account");
}

TEST_CASE(
    "Google says of every address that it is verified: one that it says nothing of is refused", "[flow]"
)
{
    const auto [word, policy, is_let_in] = GENERATE(table<json_value, std::string, bool>({
        {true, "", true},
        {nullptr, "", false},
        {false, "", false},
        {"true", "", false}, // a text is no boolean
        {1, "", false},
        {false, "ignore", true}, // a setting wins
    }));
    CAPTURE(word.dump(), policy);
    preset_house google(at_google({{"OIDC_EMAIL_VERIFIED", policy}}));
    speak(google);
    google.peer().claims["email_verified"] = word;
    if (word.is_null()) // it is not there
        google.peer().claims.erase("email_verified");
    const auto back = google.sign_in();
    CHECK(google.here.is_signed_in() == is_let_in);
    CHECK(has(back.body, "oidc_email_unverified") != is_let_in);
}

TEST_CASE("Google's old issuer without its scheme is not Google's", "[flow]")
{
    preset_house google(at_google());
    speak(google);
    google.peer().claims["iss"] = "accounts.google.com";
    CHECK(has(google.sign_in().body, "oidc_issuer_mismatch"));
    CHECK_FALSE(google.here.is_signed_in());
}
