// SPDX-License-Identifier: Apache-2.0
#include "app/check/report.hpp"

#include "app/command/command_line.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::size_t line_width = 96; // columns
constexpr std::size_t indent = 10;     // behind the level

// Characters, not bytes: those of UTF-8 but the continuations.
std::size_t width(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char each) { return (static_cast<unsigned char>(each) & 0xC0) != 0x80; }
    ));
}

// What a peer sent must not move the cursor or colour the terminal.
std::string printable(std::string_view text)
{
    std::string made(text);
    for (auto& each : made)
        if (static_cast<unsigned char>(each) < 0x20 || each == 0x7f)
            each = ' ';
    for (std::size_t at = 0; at + 1 < made.size(); ++at) // C1 controls, U+0080 to U+009F
        if (made[at] == '\xC2' && static_cast<unsigned char>(made[at + 1]) < 0xA0)
            made.replace(at, 2, "  ");
    return made;
}

// Words up to the end of the line; the first line begins at column `used`.
std::string wrapped(std::string_view text, std::size_t used)
{
    const auto clean = printable(text);
    std::string lines;
    std::size_t column = used;
    auto is_first = true;
    for (std::size_t at = 0; at < clean.size();)
    {
        const auto end = std::min(clean.find(' ', at), clean.size());
        const auto word = std::string_view(clean).substr(at, end - at);
        at = end + 1;
        if (word.empty())
            continue;
        if (!is_first && column + 1 + width(word) > line_width)
        {
            lines.append("\n").append(indent, ' ');
            column = indent;
        }
        else if (!is_first)
        {
            lines += ' ';
            ++column;
        }
        lines += word;
        column += width(word);
        is_first = false;
    }
    return lines;
}

std::string paragraph(std::string_view label, std::string_view text)
{
    if (text.empty())
        return {};
    return std::string(indent, ' ').append(wrapped(std::string(label).append(text), indent)).append("\n");
}

// Whether a reader must be told whose a finding is.
bool has_several_providers(const check_findings& findings)
{
    std::set<std::string_view> names;
    for (const auto& each : findings)
        if (!each.provider.empty())
            names.insert(each.provider);
    return names.size() > 1;
}

std::string describe(const check_finding& finding, std::string_view whose)
{
    const auto& row = describe(finding.code);
    std::string head = "  ";
    head.append(name(row.level)).resize(indent, ' ');
    std::string line(row.name);
    if (!whose.empty())
        line.append(" (").append(whose).append(")");
    line.append(finding.found.empty() ? "" : ": ").append(finding.found);
    return head + wrapped(line, indent) + "\n" +
           paragraph("Means: ", spoken_of(finding.provider, row.meaning)) +
           paragraph("Do: ", spoken_of(finding.provider, row.advice));
}

std::string address_line(std::string_view name, std::string_view value)
{
    constexpr std::size_t name_width = 29;
    std::string line(name);
    line.resize(std::max(name_width, line.size() + 1), ' ');
    return "  " + line.append(value) + "\n";
}

std::string describe(const registration& addresses)
{
    auto text = "Register these at the provider, exactly as they stand:\n" +
                address_line("Redirect URI (callback)", addresses.redirect_uri) +
                address_line("Post-logout redirect URI", addresses.post_logout_redirect_uri);
    for (const auto& [provider, landing] : addresses.other_landings)
        text += address_line("  of provider " + printable(provider), landing);
    text += address_line("Front-channel logout URL", addresses.front_channel_logout_uri) +
            address_line("Back-channel logout URL", addresses.back_channel_logout_uri) +
            address_line("Initiate login URI", addresses.initiate_login_uri) +
            address_line("", "(the last three where the provider has a field for them)");
    if (!addresses.jwks_uri.empty())
        text += address_line("JWKS URI (our public keys)", addresses.jwks_uri);
    return text;
}

std::string origin_of(const gateway::addresses& ours)
{
    return ours.public_url ? ours.public_url->origin() : "https://YOUR-HOST";
}

std::string amount(std::size_t number, const std::string& what)
{
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string summary(const check_report& report)
{
    const auto counts = amount(count(report, check_level::problem), "problem") + ", " +
                        amount(count(report, check_level::warning), "warning") + ", " +
                        amount(count(report, check_level::note), "note");
    return counts +
           (status_of(report) == 0 ? ". Ready to serve.\n" : ". Solve what is marked as a problem first.\n");
}

} // namespace

registration registration_of(const gateway::addresses& ours)
{
    const auto origin = origin_of(ours);
    return {
        origin + ours.callback_path,
        origin + ours.logout_path,
        origin + ours.frontchannel_logout_path,
        origin + ours.backchannel_logout_path,
        origin + ours.initiate_path
    };
}

registration registration_with_keys(const gateway::addresses& ours)
{
    auto made = registration_of(ours);
    made.jwks_uri = origin_of(ours) + ours.jwks_path;
    return made;
}

std::string landing_of(const std::string& setting, const gateway::addresses& ours)
{
    return setting.starts_with('/') ? origin_of(ours) + setting : setting;
}

check_report refused_report(const settings::findings& found, registration addresses)
{
    check_report made{std::move(addresses), {}};
    for (const auto& each : found.problems)
        made.findings.push_back({check_code::settings_refused, settings::to_text(each)});
    for (const auto& each : found.warnings)
        made.findings.push_back({check_code::settings_warning, settings::to_text(each)});
    return made;
}

std::size_t count(const check_report& report, check_level level)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        report.findings, [&](const auto& each) { return describe(each.code).level == level; }
    ));
}

int status_of(const check_report& report)
{
    const auto is_refusal = [](const auto& each) { return each.code == check_code::settings_refused; };
    if (std::ranges::any_of(report.findings, is_refusal))
        return status_unusable;
    return count(report, check_level::problem) == 0 ? 0 : status_failed;
}

std::string to_text(const check_report& report)
{
    auto text = describe(report.addresses) + "\n";
    const auto is_named = has_several_providers(report.findings);
    for (const auto& each : report.findings)
        text += describe(each, is_named ? std::string_view(each.provider) : std::string_view());
    return text + "\n" + summary(report);
}

std::string to_json(const check_report& report)
{
    auto findings = nlohmann::ordered_json::array();
    for (const auto& each : report.findings)
    {
        const auto& row = describe(each.code);
        findings.push_back(
            {{"level", name(row.level)},
             {"code", row.name},
             {"provider", each.provider},
             {"found", each.found},
             {"meaning", spoken_of(each.provider, row.meaning)},
             {"advice", spoken_of(each.provider, row.advice)}}
        );
    }
    const nlohmann::ordered_json object{
        {"findings", std::move(findings)},
        {"register",
         {{"redirect_uri", report.addresses.redirect_uri},
          {"post_logout_redirect_uri", report.addresses.post_logout_redirect_uri},
          {"front_channel_logout_uri", report.addresses.front_channel_logout_uri},
          {"back_channel_logout_uri", report.addresses.back_channel_logout_uri},
          {"initiate_login_uri", report.addresses.initiate_login_uri},
          {"jwks_uri", report.addresses.jwks_uri},
          {"post_logout_redirect_uri_of", report.addresses.other_landings}}},
        {"summary",
         {{"problems", count(report, check_level::problem)},
          {"warnings", count(report, check_level::warning)},
          {"notes", count(report, check_level::note)},
          {"status", status_of(report)}}},
    };
    return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace sekisho::app
