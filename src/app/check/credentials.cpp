// SPDX-License-Identifier: Apache-2.0
#include "app/check/credentials.hpp"

#include "app/check/reach.hpp"
#include "net/client_certificate.hpp"
#include "oidc/client_assertion.hpp"
#include "oidc/client_authentication.hpp"
#include "provider/credentials.hpp"

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

// Assertions of somebody else are signed as they please.
bool signs_assertions(const oidc::metadata& metadata, const provider::configuration& what)
{
    const auto method = oidc::choose_client_authentication(
        what.authentication, provider::means_of(what), metadata.token_endpoint_auth_methods
    );
    return method && *method == oidc::client_authentication::private_key_jwt &&
           what.proofs.assertion_file.empty();
}

void look_for_algorithm(
    std::span<const crypto::signing_key> ours,
    const std::vector<std::string>& announced,
    std::string_view member,
    check_findings& found
)
{
    for (const auto& each : ours)
    {
        const auto alg = crypto::name(oidc::choose_algorithm(each, announced));
        if (!announced.empty() && std::ranges::find(announced, alg) == announced.end())
            found.push_back(
                {check_code::provider_not_announced,
                 "the provider's " + std::string(member) + " does not list \"" + std::string(alg) +
                     "\", with which the key " + each.kid() + " of oidc.signing_key signs"}
            );
    }
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

check_findings judge_signing(
    std::span<const crypto::signing_key> ours,
    const oidc::metadata& metadata,
    const provider::configuration& what
)
{
    check_findings found;
    if (oidc::has_code(what.flow) && signs_assertions(metadata, what))
        look_for_algorithm(
            ours,
            metadata.token_endpoint_auth_algorithms,
            "token_endpoint_auth_signing_alg_values_supported",
            found
        );
    if (provider::is_signed(what.wishes.object))
        look_for_algorithm(
            ours, metadata.request_object_algorithms, "request_object_signing_alg_values_supported", found
        );
    return found;
}

} // namespace sekisho::app
