// SPDX-License-Identifier: Apache-2.0
#pragma once
// One setting by its path: "oidc.issuer", or "providers.okta.issuer", where every row of the section oidc
// exists once more for each further provider.

#include "settings/finding.hpp"
#include "settings/table.hpp"

#include <compare>
#include <cstddef>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

struct setting
{
    std::size_t row = 0;  // of table()
    std::string provider; // of providers.<name>.*; empty: the row as it stands
    friend auto operator<=>(const setting&, const setting&) = default;
};

inline constexpr std::string_view providers_section = "providers";

// Small letters, digits and "-", not at an end; at most 32 characters. "default" is that of the section oidc.
// Returns why not, for people; nullopt: it is one.
std::optional<std::string> fault_of_provider_name(std::string_view name);

// The setting of a path, those of a secret's twins ("…_file", "…_command") included. Error: why there is
// none, with the one that was probably meant.
std::expected<setting, std::string> find_setting(std::string_view path);
// What a path gives by which find_setting() found this one.
given given_by(std::string_view path, const setting& found);

// "providers.okta.issuer".
std::string path_of(const setting& of);
// "PROVIDERS_OKTA_ISSUER".
std::string environment_name(const setting& of);

// The provider's and the name of the row for "PROVIDERS_OKTA_ISSUER" and, for a secret, its twins'; of
// several ways to read it that with the longest name of a setting. nullopt: there is no such setting.
std::optional<setting> find_provider_variable(std::string_view variable);

// The settings of one provider, which must be there; empty: of the section oidc.
const oidc_settings& provider_in(const model& values, std::string_view name);
// Adds the provider where it is missing.
oidc_settings& make_provider(model& values, std::string_view name);

// As row::assign and row::print, for the right provider.
std::optional<std::string> assign(model& into, const setting& what, const raw_value& value);
std::string print(const model& from, const setting& what);

// Who set what.
class origins
{
public:
    // Of a setting that nobody set: built_in.
    const origin& of(const setting& what) const;
    const origin& of(std::string_view path) const; // of a setting there is
    origin& note(const setting& what, origin from) { return by_setting_[what] = std::move(from); }

    // Whether anything beyond the defaults is said about this provider; empty: about the section oidc.
    const origin* first_of_provider(std::string_view name) const;

private:
    std::map<setting, origin> by_setting_;
};

} // namespace sekisho::settings
