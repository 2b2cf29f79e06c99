// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "pages/error_guide.hpp"
#include "pages/layout.hpp"
#include "pages/page.hpp"
#include "pages/style.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

using namespace sekisho;
using namespace sekisho::pages;
using namespace std::chrono_literals;

namespace
{

std::optional<std::string> field_of(const http::response& answer, std::string_view name)
{
    for (const auto& [each, value] : answer.fields)
        if (http::equal_names(each, name))
            return value;
    return std::nullopt;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::size_t occurrences(std::string_view text, std::string_view part)
{
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

constexpr setting usual{.in = language::en, .site = "app.example.com", .request_id = "01J9ZK3T"};

struct named_page
{
    std::string name;
    http::response answer;
};

std::vector<named_page> all_pages(language in, std::string_view hostile = {})
{
    const std::string evil(hostile);
    const setting with{
        .in = in,
        .site = hostile.empty() ? "app.example.com" : hostile,
        .request_id = hostile.empty() ? "01JDB7Q6Z4M2W8K3XV5T9R0HEC" : hostile
    };
    const auto url =
        hostile.empty() ? std::string("/oidc/login?return_to=%2Freports%3Fa%3D1%26b%3D2") : "/" + evil;
    const auto either = [&](std::string text) { return hostile.empty() ? text : evil; };
    std::vector<named_page> pages;
    for (const auto& row : all_errors())
        if (is_shown(row.code))
            pages.push_back(
                {std::string(row.name),
                 error_page(row.code, with, {.sign_in_url = url, .application_url = url})}
            );
    pages.push_back({"signed_out", signed_out_page(with, url, provider_session::ended)});
    pages.push_back({"signed_out_here", signed_out_page(with, url, provider_session::maybe_open)});
    const sign_out_form form{
        .action = url,
        .hidden_fields = {{either("token"), either("abc")}},
        .stay_url = url,
        .form_targets = {}
    };
    pages.push_back({"confirm", sign_out_confirmation_page(with, form)});
    pages.push_back({"continue", continue_page(with, url)});
    pages.push_back({"redirecting", redirecting_page(with, url)});
    return pages;
}

} // namespace

TEST_CASE("the style's hash in the security policy is the style's hash", "[pages]")
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    const auto data = as_bytes(style_sheet());
    SHA256(reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest.data());
    const auto right = "sha256-" + base64_encode(std::as_bytes(std::span(digest)));
    CHECK(style_hash == right);
    for (const auto& page : all_pages(language::en))
        CHECK(contains(page.answer.body, "<style>" + std::string(style_sheet()) + "</style>"));
}

TEST_CASE("what was entered and not sent is not behind a button: going back comes first", "[pages]")
{
    const auto page = error_page(errc::form_not_sent, usual, {.sign_in_url = "/oidc/login"}).body;
    CHECK(contains(page, "<a class=\"quiet\" href=\"/oidc/login\">Sign in again</a>"));
    CHECK_FALSE(contains(page, "class=\"button\""));
    CHECK(contains(
        error_page(errc::session_required, usual, {.sign_in_url = "/oidc/login"}).body, "class=\"button\""
    ));
}

TEST_CASE("an error answers with the status of its row, a page for people and JSON for programs", "[pages]")
{
    for (const auto& row : all_errors())
    {
        if (!is_shown(row.code))
            continue;
        CAPTURE(row.name);
        const auto page = error_page(row.code, usual);
        CHECK(page.status == row.status);
        CHECK(field_of(page, "Content-Type") == "text/html; charset=utf-8");
        CHECK(contains(page.body, "<h1>"));
        CHECK(contains(page.body, std::string(">").append(row.name).append("</dd>")));
        CHECK(contains(page.body, ">01J9ZK3T</dd>"));

        const auto answer = error_page(row.code, usual, {.for_whom = reader::program});
        CHECK(answer.status == row.status);
        CHECK(field_of(answer, "Content-Type") == "application/json");
        const auto body = json::parse(answer.body);
        CHECK(body["error"]["code"] == row.name);
        CHECK(body["error"]["request_id"] == "01J9ZK3T");
        CHECK_FALSE(body["error"]["message"].get<std::string>().empty());
        CHECK_FALSE(body["error"].contains("sign_in_url"));
    }
}

TEST_CASE("a program learns where to sign in", "[pages]")
{
    const auto answer = error_page(
        errc::session_required, usual, {.for_whom = reader::program, .sign_in_url = "/oidc/login"}
    );
    CHECK(answer.status == 401);
    CHECK(json::parse(answer.body)["error"]["sign_in_url"] == "/oidc/login");
    // RFC 9110, 11.6.1: a 401 must carry a challenge.
    CHECK(field_of(answer, "WWW-Authenticate").has_value());
}

TEST_CASE("an internal code never leaves", "[pages]")
{
    const auto page = error_page(errc::network_failure, usual);
    CHECK(page.status == 500);
    CHECK_FALSE(contains(page.body, "network_failure"));
    CHECK(contains(page.body, "internal_error"));
}

TEST_CASE("JSON survives a request id that is not UTF-8", "[pages]")
{
    const auto answer = error_page(
        errc::not_found,
        {.in = language::ja, .site = {}, .request_id = "\xff\xfe"},
        {.for_whom = reader::program}
    );
    CHECK(json::parse(answer.body)["error"]["request_id"] == "");
}

TEST_CASE("an error that passes says when to come back", "[pages]")
{
    CHECK(
        field_of(error_page(errc::oidc_metadata_fetch_failure, usual, {.retry_after = 30s}), "Retry-After") ==
        "30"
    );
    CHECK_FALSE(field_of(error_page(errc::not_found, usual), "Retry-After").has_value());
}

TEST_CASE("no page loads anything, runs a script or lets itself be framed, cached or sniffed", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    for (const auto& [name, answer] : all_pages(in))
    {
        CAPTURE(name, tag(in));
        const auto policy = field_of(answer, "Content-Security-Policy").value_or("");
        CHECK(contains(policy, "default-src 'none'"));
        CHECK(contains(policy, "frame-ancestors 'none'"));
        CHECK(contains(policy, "base-uri 'none'"));
        CHECK(contains(policy, std::string("style-src '").append(style_hash).append("'")));
        CHECK(contains(policy, name == "confirm" ? "form-action 'self'" : "form-action 'none'"));
        CHECK_FALSE(contains(policy, "unsafe"));
        CHECK(field_of(answer, "X-Content-Type-Options") == "nosniff");
        // With no-referrer a form's own POST would say "Origin: null" (Fetch, 3.2).
        CHECK(field_of(answer, "Referrer-Policy") == (name == "confirm" ? "same-origin" : "no-referrer"));
        CHECK(field_of(answer, "Cache-Control") == "no-store");
        for (const auto forbidden :
             {"<script", "<img", "<link", "style=\"", "src=", "http://", "https://", "onclick"})
            CHECK_FALSE(contains(answer.body, forbidden));
    }
}

TEST_CASE("a page has a language, one heading, landmarks and a way on", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    for (const auto& [name, answer] : all_pages(in))
    {
        CAPTURE(name, tag(in));
        CHECK(contains(answer.body, std::string("<html lang=\"").append(tag(in)).append("\">")));
        CHECK(field_of(answer, "Content-Language") == tag(in));
        CHECK(occurrences(answer.body, "<h1>") == 1);
        CHECK(occurrences(answer.body, "<main>") == 1);
        CHECK(occurrences(answer.body, "<header>") == 1);
        CHECK(contains(answer.body, "name=\"viewport\""));
        CHECK(contains(answer.body, "<title>"));
        const auto way_on = name == "form_not_sent" ? "class=\"quiet\"" : "class=\"button\"";
        CHECK((contains(answer.body, way_on) || contains(answer.body, "<button")));
    }
}

TEST_CASE("CVE-2019-1010247, CVE-2021-32792: whatever is shown on a page of ours is escaped", "[pages]")
{
    for (const auto& [name, answer] : all_pages(language::en, "\"'><script>alert(1)</script>{{x}}"))
    {
        CAPTURE(name);
        CHECK_FALSE(contains(answer.body, "<script"));
        CHECK_FALSE(contains(answer.body, "\"'>"));
        CHECK(contains(answer.body, "&quot;&apos;&gt;&lt;script&gt;"));
    }
}

TEST_CASE("the confirmation posts its hidden fields and offers to stay", "[pages]")
{
    const sign_out_form form{
        .action = "/logout",
        .hidden_fields = {{"token", "t\"k"}, {"return_to", "/a?b&c"}},
        .stay_url = "/",
        .form_targets = "https:"
    };
    const auto page = sign_out_confirmation_page(usual, form);
    CHECK(page.status == 200);
    CHECK(contains(page.body, "<form method=\"post\" action=\"/logout\">"));
    CHECK(contains(page.body, "<input type=\"hidden\" name=\"token\" value=\"t&quot;k\">"));
    CHECK(contains(page.body, "<input type=\"hidden\" name=\"return_to\" value=\"/a?b&amp;c\">"));
    CHECK(contains(page.body, "<a class=\"quiet\" href=\"/\">"));
    CHECK(contains(*field_of(page, "Content-Security-Policy"), "form-action 'self' https:;"));
}

TEST_CASE("the redirecting page goes on by itself, and by a link where that is switched off", "[pages]")
{
    const auto page = redirecting_page(usual, "/reports?a=1&b=2");
    CHECK(page.status == 200);
    CHECK(contains(page.body, "<meta http-equiv=\"refresh\" content=\"0;url=/reports?a=1&amp;b=2\">"));
    CHECK(contains(page.body, "href=\"/reports?a=1&amp;b=2\""));
    CHECK_FALSE(contains(signed_out_page(usual, "/", provider_session::ended).body, "http-equiv"));
}

TEST_CASE("a person who is still signed in at the provider is told so", "[pages]")
{
    const auto words = text(text_key::still_signed_in_at_provider, language::en);
    CHECK(contains(signed_out_page(usual, "/", provider_session::maybe_open).body, words));
    CHECK_FALSE(contains(signed_out_page(usual, "/", provider_session::ended).body, words));
}

TEST_CASE("a sign-in that ran out of time continues with the address it was given", "[pages]")
{
    const auto page = continue_page(usual, "/oidc/login?return_to=%2Fdeep%3Fx%3D1");
    CHECK(page.status == 400);
    CHECK(contains(page.body, "href=\"/oidc/login?return_to=%2Fdeep%3Fx%3D1\""));
    CHECK(contains(page.body, "oidc_sign_in_expired"));
}

// Not a check: with SEKISHO_DUMP_PAGES set to a directory, writes every page there for a person to look at.
TEST_CASE("every page can be written out to be looked at", "[pages][.dump]")
{
    const char* directory = std::getenv("SEKISHO_DUMP_PAGES");
    REQUIRE(directory != nullptr);
    std::filesystem::create_directories(directory);
    for (const auto in : languages)
        for (const auto& [name, answer] : all_pages(in))
            std::ofstream(std::filesystem::path(directory) / (name + "." + std::string(tag(in)) + ".html"))
                << answer.body;
}

TEST_CASE("details are on a page only when they are given, escaped, with causes and remedy", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    const auto& advice = guide(errc::oidc_issuer_mismatch, in);
    const auto without = error_page(errc::oidc_issuer_mismatch, {.in = in});
    CHECK(without.body.find(text(text_key::details_are_yours, in)) == std::string::npos);
    CHECK(without.body.find("class=\"leaf\"") == std::string::npos);
    const auto with = error_page(
        errc::oidc_issuer_mismatch, {.in = in}, {.details = "id_token.iss: expected <a>, received <b>"}
    );
    CHECK(with.body.find(text(text_key::details_are_yours, in)) != std::string::npos);
    CHECK(with.body.find("id_token.iss: expected &lt;a&gt;, received &lt;b&gt;") != std::string::npos);
    CHECK(with.body.find(text(text_key::test_causes, in)) != std::string::npos);
    CHECK(with.body.find(advice.causes.substr(0, 12)) != std::string::npos);
    CHECK(with.body.find(advice.remedy.substr(0, 12)) != std::string::npos);
}

TEST_CASE("a code that nobody is shown is named in the details all the same", "[pages]")
{
    const auto page = error_page(errc::value_malformed, {}, {.details = "somewhere: something"});
    CHECK(page.body.find("internal_error") != std::string::npos);
    CHECK(
        page.body.find(std::string(">") + std::string(describe(errc::value_malformed).name) + "<") !=
        std::string::npos
    );
}
