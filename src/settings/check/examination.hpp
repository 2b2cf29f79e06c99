// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the rules are written against: the values, and a place for what they find.

#include "settings/finding.hpp"
#include "settings/model.hpp"
#include "settings/setting.hpp"

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// std::ranges::contains, which libstdc++ 12 lacks.
template <class Range, class Value>
bool holds(const Range& range, const Value& value)
{
    return std::ranges::find(range, value) != std::ranges::end(range);
}

// "RS256 RS384 PS256": what a value may be.
template <class Range>
std::string in_a_row(const Range& names)
{
    std::string text;
    for (const std::string_view each : names)
        text.append(text.empty() ? "" : " ").append(each);
    return text;
}

class examination
{
public:
    examination(const model& values, const origins& by) : values_(values), by_(by) {}

    const model& values() const { return values_; }
    const origins& by() const { return by_; }

    // A problem or warning about one setting, with the place where it was set.
    void refuse(std::string_view path, std::string message);
    void warn(std::string_view path, std::string message);
    // The setting has no value and needs one; `what` says what it is.
    void require(std::string_view path, std::string_view what);

    findings take() { return std::move(found_); }

private:
    void add(std::vector<finding>& to, std::string_view path, std::string message);

    const model& values_;
    const origins& by_;
    findings found_;
};

// Whether the request for sign-in has a parameter of this name that is ours alone (oidc::is_reserved).
bool is_protocol_parameter(std::string_view name);

// What the rules of one provider are written against: paths are names of the section oidc, and findings say
// "oidc.issuer" or "providers.okta.issuer".
class provider_examination
{
public:
    // `name` empty: the provider of the section oidc.
    provider_examination(examination& all, std::string name)
        : all_(all), name_(std::move(name)), oidc_(provider_in(all.values(), name_))
    {
    }

    const model& values() const { return all_.values(); }
    const oidc_settings& oidc() const { return oidc_; }
    const std::string& name() const { return name_; }
    // "issuer" as people know it: "providers.okta.issuer".
    std::string path(std::string_view setting_name) const;

    void refuse(std::string_view setting_name, std::string message)
    {
        all_.refuse(path(setting_name), std::move(message));
    }
    void warn(std::string_view setting_name, std::string message)
    {
        all_.warn(path(setting_name), std::move(message));
    }
    void require(std::string_view setting_name, std::string_view what);
    // About a setting of another section.
    examination& all() { return all_; }

private:
    examination& all_;
    std::string name_;
    const oidc_settings& oidc_;
};

// The rules of each section, in the files check_<section>.cpp.
void check_providers(examination& about);
void check_server(examination& about);
void check_upstream(examination& about);
void check_session(examination& about);
void check_redis(examination& about);
void check_identity(examination& about);
void check_access(examination& about);
void check_admin(examination& about);
void check_emergency(examination& about); // and local

// What several providers together make unclear; called by check_providers.
void check_several(examination& about);

// The rules of one provider, each in the file of its name.
void check_oidc(provider_examination& about);
void check_client(provider_examination& about);
void check_dpop(provider_examination& about);
void check_endpoints(provider_examination& about);
void check_profile(provider_examination& about); // settings/profile has the table
void check_signature(provider_examination& about);
void check_people(provider_examination& about);
void check_choice(provider_examination& about);
// Whether browsers may come back with the provider's form post, or find the gate at all, is between provider
// and server; expressions are RE2.
void check_patterns(examination& about);

} // namespace sekisho::settings
