// SPDX-License-Identifier: Apache-2.0
#include "app/check/report.hpp"
#include "app/command/command_line.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>

namespace sekisho::app
{

using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

namespace
{

check_report report_of(check_findings findings)
{
    gateway::addresses ours;
    ours.public_url = url::parse("https://app.example.com").value();
    return {registration_of(ours), std::move(findings)};
}

} // namespace

TEST_CASE("the addresses to register are those of the public host and the settings' paths", "[app]")
{
    gateway::addresses ours;
    ours.public_url = url::parse("https://App.example.com:8443/").value();
    ours.callback_path = "/back";
    ours.logout_path = "/out";
    const auto made = registration_of(ours);
    CHECK(made.redirect_uri == "https://app.example.com:8443/back");
    CHECK(made.post_logout_redirect_uri == "https://app.example.com:8443/out");
    CHECK(made.front_channel_logout_uri == "https://app.example.com:8443/oidc/frontchannel-logout");
    CHECK(made.back_channel_logout_uri == "https://app.example.com:8443/oidc/backchannel-logout");
    CHECK(made.initiate_login_uri == "https://app.example.com:8443/oidc/initiate");
}

TEST_CASE(
    "a place to land after a sign-out is registered as it is, or as the path of ours that it is", "[app]"
)
{
    gateway::addresses ours;
    ours.public_url = url::parse("https://app.example.com").value();
    CHECK(landing_of("https://app.example.com", ours) == "https://app.example.com");
    CHECK(landing_of("/bye", ours) == "https://app.example.com/bye");
    auto report = report_of({});
    report.addresses.other_landings = {{"corp", "https://app.example.com/bye"}};
    CHECK_THAT(to_text(report), Contains("  of provider corp") && Contains("https://app.example.com/bye\n"));
    const auto made = nlohmann::json::parse(to_json(report))["register"];
    CHECK(made["post_logout_redirect_uri_of"]["corp"] == "https://app.example.com/bye");
}

TEST_CASE("without a public host there is a placeholder to fill in", "[app]")
{
    const auto made = registration_of({});
    CHECK(made.redirect_uri == "https://YOUR-HOST/oidc/callback");
    CHECK(made.post_logout_redirect_uri == "https://YOUR-HOST/logout");
}

TEST_CASE("the exit status is 1 for a problem and 0 for anything less", "[app]")
{
    using enum check_code;
    CHECK(status_of(report_of({})) == 0);
    CHECK(
        status_of(report_of({{provider_clock_off, ""}, {provider_no_sign_out, ""}, {provider_keys, ""}})) == 0
    );
    CHECK(status_of(report_of({{provider_keys, ""}, {provider_clock_wrong, ""}})) == 1);
}

TEST_CASE("the text names level, finding, meaning and advice, and ends with the sum", "[app]")
{
    const auto text = to_text(report_of(
        {{check_code::upstream_reachable, "http://app:80"},
         {check_code::provider_clock_off, "9s ahead"},
         {check_code::provider_issuer_mismatch, "expected a, received b"}}
    ));
    CHECK_THAT(text, Contains("https://app.example.com/oidc/callback\n"));
    CHECK_THAT(text, Contains("\n  ok      upstream.reachable: http://app:80\n"));
    CHECK_THAT(text, Contains("\n  warning provider.clock_off: 9s ahead\n          Means: Still within"));
    CHECK_THAT(text, Contains("\n  problem provider.issuer_mismatch: expected a, received b\n"));
    CHECK_THAT(text, Contains("\n          Do: If the received one is your provider, write exactly that"));
    CHECK_THAT(text, EndsWith("\n1 problem, 1 warning, 0 notes. Solve what is marked as a problem first.\n"));
    CHECK_THAT(to_text(report_of({})), EndsWith("\n0 problems, 0 warnings, 0 notes. Ready to serve.\n"));
}

TEST_CASE("no line of any finding is wider than 96 columns", "[app]")
{
    check_findings all;
    for (const auto& row : all_check_rows())
        all.push_back(
            {row.code, "山田太郎 and some more words to fill this line up to its very end, and beyond it too"}
        );
    std::istringstream lines(to_text(report_of(all)));
    for (std::string line; std::getline(lines, line);)
    {
        INFO(line);
        std::size_t columns = 0;
        for (const auto each : line)
            columns += (static_cast<unsigned char>(each) & 0xC0) != 0x80 ? 1 : 0;
        CHECK(columns <= 96);
    }
}

TEST_CASE("an address longer than a line stays in one piece", "[app]")
{
    const auto address = "https://" + std::string(120, 'a') + "/x";
    const auto text = to_text(report_of({{check_code::provider_sign_out, "see " + address + " there"}}));
    CHECK_THAT(text, Contains("\n          " + address + "\n          there\n"));
}

TEST_CASE("what a peer sent cannot draw on the terminal", "[app]")
{
    const auto text =
        to_text(report_of({{check_code::provider_keys_failed, "a\x1b[2Jb\nc\x7f\xC2\x9Bm d\r"}}));
    CHECK_THAT(text, Contains("provider.keys_failed: a [2Jb c m d\n"));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xC2\x9B") == std::string::npos);
}

TEST_CASE("the JSON has findings, addresses and sum", "[app]")
{
    const auto made = nlohmann::json::parse(to_json(report_of(
        {{check_code::provider_clock_wrong, "2m behind"}, {check_code::provider_no_sign_out, "bytes \xFF"}}
    )));
    CHECK(made["findings"][0]["level"] == "problem");
    CHECK(made["findings"][0]["code"] == "provider.clock_wrong");
    CHECK(made["findings"][0]["found"] == "2m behind");
    CHECK(made["findings"][0]["meaning"] == describe(check_code::provider_clock_wrong).meaning);
    CHECK(made["findings"][0]["advice"] == describe(check_code::provider_clock_wrong).advice);
    CHECK(made["register"]["redirect_uri"] == "https://app.example.com/oidc/callback");
    CHECK(made["register"]["post_logout_redirect_uri"] == "https://app.example.com/logout");
    CHECK(made["register"]["front_channel_logout_uri"] == "https://app.example.com/oidc/frontchannel-logout");
    CHECK(made["register"]["back_channel_logout_uri"] == "https://app.example.com/oidc/backchannel-logout");
    CHECK(made["register"]["initiate_login_uri"] == "https://app.example.com/oidc/initiate");
    CHECK(made["summary"] == nlohmann::json{{"problems", 1}, {"warnings", 0}, {"notes", 1}, {"status", 1}});
}

TEST_CASE("settings that cannot be used are reported in the same shape, with a status of their own", "[app]")
{
    const settings::findings found{
        .problems = {{"s.yaml:1", "oidc.issuer", "is wrong"}, {"", "upstream.url", "is not set"}},
        .warnings = {{"environment X", "", "has no effect\xff"}}
    };
    const auto report = refused_report(found, registration_of({}));
    CHECK(status_of(report) == status_unusable);
    const auto refused = nlohmann::json::parse(to_json(report));
    const auto good = nlohmann::json::parse(to_json(report_of({{check_code::settings_usable, "fine"}})));
    for (const auto& [name, value] : good.items())
    {
        CAPTURE(name);
        REQUIRE(refused.contains(name));
        CHECK(refused[name].type() == value.type());
    }
    CHECK(refused.size() == good.size());
    for (const auto& [name, value] : good["findings"][0].items())
        CHECK(refused["findings"][0].contains(name));
    CHECK(refused["findings"][0]["code"] == "settings.refused");
    CHECK(refused["findings"][0]["found"] == "s.yaml:1: oidc.issuer: is wrong");
    CHECK(refused["findings"][1]["found"] == "upstream.url: is not set");
    CHECK(refused["findings"][2]["code"] == "settings.warning");
    CHECK(refused["summary"]["status"] == status_unusable);
    CHECK(refused["summary"]["problems"] == 2);
}

} // namespace sekisho::app
