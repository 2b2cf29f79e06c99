// SPDX-License-Identifier: Apache-2.0
// Scripts of our pages: what the security policy lets run is what is served, and nothing else.
#include "base/encoding.hpp"
#include "pages/check_session.hpp"
#include "pages/emergency.hpp"
#include "pages/fragment.hpp"
#include "pages/kept_form.hpp"
#include "pages/local_sign_in.hpp"
#include "pages/passkey_script.hpp"
#include "support/catch.hpp"

#include <openssl/sha.h>

#include <array>
#include <string>
#include <string_view>

using namespace sekisho;
using namespace sekisho::pages;

namespace
{

constexpr setting usual{.in = language::en, .site = "app.example.com", .request_id = "01J9ZK3T"};

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string policy_of(const http::response& page)
{
    for (const auto& [name, value] : page.fields)
        if (name == "Content-Security-Policy")
            return value;
    return {};
}

std::string hash_of(std::string_view script)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    const auto data = as_bytes(script);
    SHA256(reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest.data());
    return "sha256-" + base64_encode(std::as_bytes(std::span(digest)));
}

// The script of a page as a browser reads it; empty: it has none. There is never a second one.
std::string script_in(const http::response& page)
{
    const auto begin = page.body.find("<script>");
    if (begin == std::string::npos)
        return {};
    const auto from = begin + 8;
    CHECK(page.body.find("<script", from) == std::string::npos);
    return page.body.substr(from, page.body.find("</script>", from) - from);
}

// A browser runs it, and nothing beside it.
void check_that_it_runs(const http::response& page, std::string_view script)
{
    CHECK(script_in(page) == script);
    CHECK(has(policy_of(page), "script-src '" + hash_of(script_in(page)) + "';"));
    CHECK_FALSE(has(policy_of(page), "unsafe"));
}

} // namespace

TEST_CASE("the passkey pages run the script that their policy names", "[pages]")
{
    CHECK(passkey_script_hash == hash_of(passkey_script)); // first, for it says the right one
    const emergency_page what{
        .action = "/oidc/emergency",
        .token = "t",
        .rp_id = "app.example.com",
        .passkey_ids = "AA,BB",
        .name = "rescuer",
        .handle = "aGFuZGxl",
        .password = password_form::shown
    };
    check_that_it_runs(emergency_sign_in_page(usual, what), passkey_script);
    check_that_it_runs(emergency_registration_page(usual, what), passkey_script);
}

TEST_CASE("the page of a kept form runs the script that its policy names", "[pages]")
{
    const kept_form form{.action = "https://app.example.com/orders", .fields = {{"a", "b"}}};
    check_that_it_runs(kept_form_page(usual, form), kept_form_script());
}

TEST_CASE("a kept form that a person has to agree to has no script, and none may run", "[pages]")
{
    kept_form form{.action = "https://app.example.com/orders", .fields = {{"a", "b"}}};
    form.begins = kept_form_begins::when_asked;
    const auto page = kept_form_page(usual, form);
    CHECK(script_in(page).empty());
    CHECK_FALSE(has(policy_of(page), "script-src"));
    CHECK(has(policy_of(page), "default-src 'none'"));
    CHECK(has(page.body, "<button type=\"submit\">"));
}

TEST_CASE("nothing that was entered into a kept form becomes markup or script", "[pages]")
{
    const std::string evil = "\"><script>alert(1)</script><x y='";
    kept_form form{.action = "/x", .fields = {{evil, evil}, {evil, "", true}}};
    for (const bool is_multipart : {false, true})
    {
        form.is_multipart = is_multipart;
        const auto page = kept_form_page(usual, form);
        CHECK_FALSE(has(page.body, "alert(1)</script>"));
        CHECK(script_in(page) == kept_form_script());
        CHECK(has(page.body, is_multipart ? "multipart/form-data" : "application/x-www-form-urlencoded"));
    }
}

TEST_CASE("the page of the temporary password needs no script", "[pages]")
{
    const auto page = local_sign_in_page(usual, {.action = "/oidc/local", .token = "t"});
    CHECK_FALSE(has(page.body, "<script"));
    CHECK_FALSE(has(policy_of(page), "script-src"));
}

TEST_CASE(
    "the page that watches the provider's session runs one script of its own, fresh each time", "[pages]"
)
{
    const session_watch what{
        .op_frame = "https://idp.example/check?a=1&b=2",
        .op_origin = "https://idp.example",
        .question = "gate s.\"1",
        .again = "/oidc/check-session?again",
        .sign_in_origin = "https://login.idp.example"
    };
    const auto page = check_session_page(what, "n0nce");
    CHECK(page.status == 200);
    CHECK(has(page.body, "<script nonce=\"n0nce\">"));
    const auto policy = policy_of(page);
    CHECK(has(policy, "script-src 'nonce-n0nce';"));
    CHECK(policy.ends_with("; frame-src https://idp.example 'self' https://login.idp.example"));
    CHECK(has(policy, "frame-ancestors 'self'"));
    CHECK(has(policy, "default-src 'none'"));
    CHECK_FALSE(has(page.body, "s.\"1")); // escaped
    CHECK(has(page.body, "data-origin=\"https:"));
    CHECK_FALSE(has(policy_of(check_session_page(what, "another")), "n0nce"));
}

TEST_CASE("with nobody to ask the watching page frames nobody and tells its state", "[pages]")
{
    const std::string state = GENERATE("signed_out", "unknown", "unchanged", "ended");
    const auto page = check_session_page({.state = state}, "n0nce");
    CHECK_FALSE(has(page.body, "<iframe"));
    CHECK_FALSE(has(policy_of(page), "frame-src"));
    CHECK(has(page.body, "data-state=\"" + state + "\""));
    // Only our own origin hears it (Session Management 1.0, 3.2).
    CHECK(has(page.body, "location.origin"));
    CHECK_FALSE(has(page.body, "'*'"));
    CHECK_FALSE(has(page.body, "\"*\""));
}

TEST_CASE("the pages that keep a fragment run the scripts that their policies name", "[pages]")
{
    const auto before = keep_fragment_page(usual, "/app?x=1", "/oidc/login?return_to=%2Fapp");
    check_that_it_runs(before, keep_fragment_script());
    CHECK(before.status == 401);
    CHECK(before.body.find("location.replace(next)") != std::string::npos);
    const auto behind = restore_fragment_page(usual, "/app?x=1");
    check_that_it_runs(behind, restore_fragment_script());
    CHECK(behind.status == 200);
    for (const auto& page : {before, behind})
    {
        CHECK(has(policy_of(page), "default-src 'none'"));
        CHECK(has(policy_of(page), "form-action 'none'"));
        CHECK(has(page.body, "name=\"robots\" content=\"noindex\""));
    }
}

TEST_CASE("whoever runs no script goes on without the fragment, and is told so", "[pages]")
{
    const auto before = keep_fragment_page(usual, "/app", "/oidc/login?return_to=%2Fapp");
    const auto begin = before.body.find("<noscript>");
    REQUIRE(begin != std::string::npos);
    const auto inside = before.body.substr(begin, before.body.find("</noscript>") - begin);
    CHECK(has(inside, "http-equiv=\"refresh\" content=\"3;url="));
    CHECK(has(inside, "what stands behind #"));
    // Nothing beside it goes on by itself: it would overtake the script.
    CHECK(before.body.find("refresh") == before.body.rfind("refresh"));
    CHECK(
        has(restore_fragment_page(usual, "/app").body, "<noscript><meta http-equiv=\"refresh\" content=\"0;")
    );
    auto japanese = usual;
    japanese.in = language::ja;
    CHECK(has(keep_fragment_page(japanese, "/app", "/l").body, "引き継がれません"));
}

TEST_CASE("no address becomes markup or script of the pages that keep a fragment", "[pages]")
{
    const std::string evil = "/\"><script>alert(1)</script><x y='";
    for (const auto& page : {keep_fragment_page(usual, evil, evil), restore_fragment_page(usual, evil)})
    {
        CHECK_FALSE(has(page.body, "alert(1)</script>"));
        CHECK_FALSE(script_in(page).empty());
    }
}
