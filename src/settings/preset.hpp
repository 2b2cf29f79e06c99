// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ways of well-known providers, as data: what each preset sets instead of the default, and why. Whatever
// anybody sets wins over it.

#include "settings/model.hpp"
#include "settings/setting.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// One row of the table of presets.
struct preset_value
{
    settings::preset of;
    std::string_view name; // of a setting of the section oidc: "sign_out"
    // The value; of a list the items, with a space between. "{client_id}" stands for the client id as a part
    // of a JSON pointer, "{issuer}" for the issuer without a slash at its end.
    std::string_view value;
    std::string_view why;                               // a sentence for people
    bool (*applies)(const oidc_settings& of) = nullptr; // nullptr: always
};

std::span<const preset_value> preset_table();

// Whose ways an issuer promises, by its host and path; generic: nobody's in particular.
preset detect_preset(std::string_view issuer);

struct preset_change
{
    setting what;
    std::string value; // as it is printed
    std::string_view why;
};

// What a preset did for one provider.
struct applied_preset
{
    std::string provider; // empty: of the section oidc
    settings::preset preset = settings::preset::generic;
    bool is_detected = false; // from the issuer; otherwise somebody set it
    std::vector<preset_change> changes;
};

// Whether there is the provider of the section oidc: it need not be beside providers.*, but is as soon as
// anybody sets something there.
bool has_short_form(const model& values, const origins& by);

// Sets, for every provider, what its preset says and nobody set; its setting `preset` then says which it is.
std::vector<applied_preset> apply_presets(model& to, origins& by);

// "oidc.sign_out = none, oidc.prompt = select_account"; empty: nothing changes.
std::string changes_of(const std::vector<preset_change>& of);

// "okta", as the setting `preset` is written.
std::string_view name_of(preset which);

} // namespace sekisho::settings
