// SPDX-License-Identifier: Apache-2.0
#include "app/check/credentials.hpp"

#include "app/check/reach.hpp"
#include "net/client_certificate.hpp"

#include <algorithm>
#include <string>

namespace sekisho::app
{
namespace
{

constexpr auto soon = std::chrono::hours(24 * 30);

std::string in_days(std::chrono::seconds left)
{
    const auto days = std::chrono::floor<std::chrono::days>(left).count();
    return days == 0 ? "within a day" : "in " + std::to_string(days) + (days == 1 ? " day" : " days");
}

check_finding look_at_certificate(const settings::oidc_settings& from, time_point now)
{
    const auto read = net::client_certificate::load({from.client_certificate, from.client_key});
    if (!read)
        return {
            check_code::provider_credentials_unusable,
            "oidc." + std::string(read.error().where) + ": " + detail_of(read.error())
        };
    return judge_certificate(from.client_certificate, (*read)->valid_until(), now);
}

check_finding describe_keys(const std::vector<crypto::signing_key>& keys, std::string_view published_at)
{
    std::string text;
    for (const auto& each : keys)
        text.append(text.empty() ? "" : ", ")
            .append(each.kid())
            .append(" (")
            .append(crypto::name(each.usual_algorithm()))
            .append(")");
    return {check_code::provider_signing_keys, text.append(", published at ").append(published_at)};
}

check_finding describe_keys(const std::vector<crypto::decryption_key>& keys, std::string_view published_at)
{
    std::string text;
    for (const auto& each : keys)
        text.append(text.empty() ? "" : ", ")
            .append(each.kid())
            .append(" (")
            .append(each.alg() ? name(*each.alg()) : each.family())
            .append(")");
    return {
        check_code::provider_decryption_keys,
        text.append(", published at ").append(published_at).append(" for what the provider encrypts")
    };
}

bool is_about(const std::vector<error>& problems, std::string_view setting)
{
    return std::ranges::any_of(
        problems, [&](const error& each) { return std::string_view(each.where).ends_with(setting); }
    );
}

} // namespace

check_finding judge_certificate(std::string_view file, time_point valid_until, time_point now)
{
    const auto text = std::string(file).append(": valid until ").append(format_time(valid_until));
    const auto left = valid_until - now;
    if (left < std::chrono::seconds(0))
        return {check_code::provider_certificate_over, text};
    if (left < soon)
        return {check_code::provider_certificate_ends, text + ", which is " + in_days(left)};
    return {check_code::provider_certificate, text};
}

check_findings judge_credentials(
    provider::provider& of, const settings::oidc_settings& from, std::string_view published_at, time_point now
)
{
    check_findings found;
    if (!from.client_certificate.empty())
        found.push_back(look_at_certificate(from, now));
    const auto problems = of.credential_problems();
    for (const auto& each : problems)
        found.push_back(
            {check_code::provider_credentials_unusable, std::string(each.where) + ": " + detail_of(each)}
        );
    if (const auto keys = of.published_keys(); !keys.empty())
        found.push_back(describe_keys(keys, published_at));
    if (const auto keys = of.published_decryption_keys(); !keys.empty())
        found.push_back(describe_keys(keys, published_at));
    if (!from.assertion_file.empty() && !is_about(problems, "assertion_file"))
        found.push_back({check_code::provider_assertion_file, from.assertion_file + " holds a usable one"});
    return found;
}

} // namespace sekisho::app
