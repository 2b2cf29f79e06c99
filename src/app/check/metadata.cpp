// SPDX-License-Identifier: Apache-2.0
#include "app/check/metadata.hpp"

#include "app/check/requests.hpp"
#include "http/date.hpp"
#include "oidc/client_authentication.hpp"
#include "oidc/foreign.hpp"
#include "oidc/logout_request.hpp"
#include "provider/credentials.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho::app
{
namespace
{

using std::chrono::seconds;
using texts = std::vector<std::string>;

constexpr seconds unremarkable(5); // of the clocks

std::optional<std::string_view> field(const http::owned_fields& fields, std::string_view name)
{
    for (const auto& [each, value] : fields)
        if (http::equal_names(each, name))
            return value;
    return std::nullopt;
}

// delta-seconds; nullopt: not a number.
std::optional<seconds> age_of(const http::owned_fields& fields)
{
    const auto text = field(fields, "Age");
    if (!text)
        return seconds(0);
    std::uint32_t number = 0;
    const auto [end, failure] = std::from_chars(text->begin(), text->end(), number);
    if (failure != std::errc() || end != text->end())
        return std::nullopt;
    return seconds(number);
}

bool lists(const texts& announced, std::string_view value)
{
    return std::ranges::find(announced, value) != announced.end();
}

// An empty list says nothing.
bool lacks(const texts& announced, std::string_view value)
{
    return !announced.empty() && !lists(announced, value);
}

std::string list(const texts& foreign)
{
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t index = 0; index < std::min(most, foreign.size()); ++index)
        text.append(text.empty() ? "" : ", ").append(oidc::in_quotes(foreign[index], 64));
    return foreign.size() > most ? text + ", …" : text;
}

std::string names(const std::vector<crypto::algorithm>& algorithms)
{
    std::string text;
    for (const auto each : algorithms)
        text.append(text.empty() ? "" : " ").append(crypto::name(each));
    return text;
}

check_finding not_announced(std::string_view member, std::string_view value)
{
    return {
        check_code::provider_not_announced,
        "the provider's " + std::string(member) + " does not list \"" + std::string(value) + "\""
    };
}

void judge_issuer(const oidc::metadata& metadata, const provider::configuration& what, check_findings& found)
{
    const auto quoted = oidc::in_quotes(metadata.issuer.view());
    if (what.issuer.rule == oidc::issuer_rule::tenant_template)
        found.push_back(
            {check_code::provider_issuer,
             quoted + ", with the tenants of oidc.tenants (" + std::to_string(what.tenants.size()) + ")"}
        );
    else if (metadata.issuer == what.issuer.identifier)
        found.push_back({check_code::provider_issuer, quoted + ", byte for byte as in oidc.issuer"});
    else
        found.push_back({check_code::provider_issuer_spelling, "the provider calls itself " + quoted});
}

void judge_client(const oidc::metadata& metadata, const provider::configuration& what, check_findings& found)
{
    constexpr std::string_view member = "token_endpoint_auth_methods_supported";
    const auto& announced = metadata.token_endpoint_auth_methods;
    const auto method =
        oidc::choose_client_authentication(what.authentication, provider::means_of(what), announced);
    if (!method)
    {
        found.push_back({check_code::provider_client_authentication_unknown, method.error().detail});
        return;
    }
    const auto chosen = oidc::name(*method);
    if (!lacks(announced, chosen))
        found.push_back({check_code::provider_client_authentication, std::string(chosen)});
    else if (*method == oidc::client_authentication::none)
        found.push_back(
            {check_code::provider_public_client_not_announced,
             "no client secret is sent, and the provider's " + std::string(member) + " does not list \"none\""
            }
        );
    else
        found.push_back(not_announced(member, chosen));
}

void judge_algorithms(
    const oidc::metadata& metadata, const provider::configuration& what, check_findings& found
)
{
    const auto& announced = metadata.id_token_signing_algorithms;
    const auto is_accepted = [&](crypto::algorithm each) { return lists(announced, crypto::name(each)); };
    if (announced.empty() || std::ranges::any_of(what.algorithms, is_accepted))
        return;
    found.push_back(
        {check_code::provider_algorithms_unsupported,
         "the provider signs with " + list(announced) + ", accepted are " + names(what.algorithms)}
    );
}

oidc::logout_form logout_form_of(provider::sign_out_form form, const oidc::metadata& of)
{
    switch (form)
    {
    case provider::sign_out_form::cognito:
        return oidc::logout_form::cognito;
    case provider::sign_out_form::auth0:
        return oidc::logout_form::auth0;
    case provider::sign_out_form::automatic:
        return oidc::usual_logout_form(of);
    default:
        return oidc::logout_form::standard;
    }
}

void judge_sign_out(
    const oidc::metadata& metadata, const provider::configuration& what, check_findings& found
)
{
    if (what.sign_out == provider::sign_out_form::none)
    {
        found.push_back({check_code::provider_no_sign_out, "oidc.sign_out is none"});
        return;
    }
    const auto address = oidc::logout_address(metadata, logout_form_of(what.sign_out, metadata));
    if (address)
        found.push_back({check_code::provider_sign_out, address->text()});
    else
        found.push_back({check_code::provider_no_sign_out, "the provider has no end_session_endpoint"});
}

void judge_endpoints(
    const oidc::metadata& metadata, const provider::configuration& what, check_findings& found
)
{
    if (what.userinfo == provider::userinfo_policy::always && !metadata.userinfo_endpoint)
        found.push_back({check_code::provider_userinfo_missing, "the provider has no userinfo_endpoint"});
    judge_sign_out(metadata, what, found);
}

} // namespace

std::optional<seconds> clock_difference(const http::owned_fields& answer, time_point before, time_point after)
{
    const auto text = field(answer, "Date");
    const auto age = age_of(answer);
    if (!text || !age)
        return std::nullopt;
    const auto date = http::parse_date(*text);
    if (!date)
        return std::nullopt;
    const auto theirs = *date + *age;
    if (theirs > after)
        return theirs - after;
    return theirs < before ? theirs - before : seconds(0);
}

check_finding judge_clock(std::optional<seconds> difference, seconds allowed)
{
    if (!difference)
        return {check_code::provider_clock_unknown, "the provider's answer has no usable Date"};
    const auto size = std::chrono::abs(*difference);
    const auto text = size.count() == 0 ? "the provider's clock agrees with ours"
                                        : "the provider's clock is " + format_duration(size) +
                                              (*difference > seconds(0) ? " ahead of" : " behind") + " ours";
    if (size > allowed)
        return {check_code::provider_clock_wrong, text + "; oidc.clock_skew is " + format_duration(allowed)};
    return {size > unremarkable ? check_code::provider_clock_off : check_code::provider_clock, text};
}

check_findings
judge_metadata(const oidc::metadata& metadata, const provider::configuration& what, oidc::response_mode mode)
{
    check_findings found;
    judge_issuer(metadata, what, found);
    const auto before = found.size();
    for (auto& each : oidc::doubts(metadata, what.flow))
        found.push_back({check_code::provider_not_announced, std::move(each)});
    append(found, judge_response_mode(metadata, what.flow, mode));
    for (const auto& scope : what.scopes)
        if (scope != "openid" && lacks(metadata.scopes, scope)) // doubts() knows openid
            found.push_back(not_announced("scopes_supported", scope));
    judge_algorithms(metadata, what, found);
    if (found.size() == before)
        found.push_back(
            {check_code::provider_announces,
             "response type and mode, PKCE, scopes and algorithms as needed here"}
        );
    append(found, judge_given(metadata, what));
    return found;
}

check_findings judge_given(const oidc::metadata& metadata, const provider::configuration& what)
{
    check_findings found;
    if (oidc::has_code(what.flow))
        judge_client(metadata, what, found);
    append(found, judge_requests(metadata, what));
    judge_endpoints(metadata, what, found);
    return found;
}

check_findings judge_keys(const oidc::key_set& keys, const provider::configuration& what)
{
    check_findings found;
    const auto has_key = [&](crypto::algorithm each)
    { return !crypto::is_symmetric(each) && !keys.choose(std::nullopt, each).empty(); };
    const auto number = keys.keys().size();
    auto text = std::to_string(number) + (number == 1 ? " usable key" : " usable keys");
    if (what.reach.key_signers)
        text += ", in a set signed by one of oidc.signed_jwks_keys";
    if (std::ranges::any_of(what.algorithms, has_key))
        found.push_back({check_code::provider_keys, std::move(text)});
    else
        found.push_back(
            {check_code::provider_keys_unfit, text + ", none of them for " + names(what.algorithms)}
        );
    for (const auto& reason : keys.skipped())
        found.push_back({check_code::provider_key_skipped, reason});
    return found;
}

check_finding judge_belief(const oidc::metadata& metadata, const provider::configuration& what)
{
    if (metadata.jwks_uri)
        return {check_code::provider_signature_needless, metadata.jwks_uri->text()};
    const auto endpoint = metadata.token_endpoint
                              ? provider::address_for_us(what.reach, what.issuer, *metadata.token_endpoint)
                              : url();
    return {
        check_code::provider_signature_believed,
        "signature not checked: believed for TLS, from " + endpoint.text()
    };
}

bool needs_keys(const provider::configuration& what)
{
    return std::ranges::any_of(what.algorithms, [](auto each) { return !crypto::is_symmetric(each); });
}

} // namespace sekisho::app
