// SPDX-License-Identifier: Apache-2.0
#pragma once
// The profiles of oidc.profile, as data: what each turns on where nobody said otherwise, and what it wants of
// the settings. Section numbers are those of FAPI 2.0 Security Profile (Final, 2025-02) and FAPI 2.0 Message
// Signing (Final, 2025-09).

#include "settings/model.hpp"
#include "settings/preset.hpp"
#include "settings/setting.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// 5.4.1: EdDSA only with Ed25519, which is looked at where there are keys.
inline constexpr std::array<std::string_view, 4> profile_algorithms{"PS256", "ES256", "EdDSA", "Ed25519"};

// "FAPI 2.0 Security Profile, 5.3.3.2, 2".
struct profile_clause
{
    profile from; // the profile that has it; what is in fapi2_security is in fapi2_message_signing too
    std::string_view section;
};

std::string to_text(const profile_clause& of);

// One row of what a profile turns on: a setting that nobody set, or that is `auto`.
struct profile_value
{
    profile_clause clause;
    std::string_view name;                              // of a setting of the section oidc
    std::string_view value;                             // of a list the items, with a space between
    bool (*applies)(const oidc_settings& of) = nullptr; // nullptr: always
};

std::span<const profile_value> profile_values();

// One row of what a profile wants. The message to people is "<fault>: <profile> wants <wish> (<clause>)".
struct profile_demand
{
    profile_clause clause;
    std::string_view name; // of a setting of the section oidc; the one to change
    // What is wrong with it, "is token_endpoint"; empty: nothing.
    std::string (*fault)(const oidc_settings& of);
    std::string_view wish;
};

std::span<const profile_demand> profile_demands();

// Whether a row counts for the profile that is set.
bool is_in(profile set, const profile_clause& clause);

// What a profile did for one provider.
struct applied_profile
{
    std::string provider; // empty: of the section oidc
    settings::profile profile = settings::profile::none;
    std::vector<preset_change> changes; // `why` is the section
};

// Turns on, for every provider with a profile, what it wants and nobody set; presets are overruled. Only
// providers with a profile are in the answer.
std::vector<applied_profile> apply_profiles(model& to, origins& by);

// "fapi2_security", as the setting `profile` is written.
std::string_view name_of(profile which);

} // namespace sekisho::settings
