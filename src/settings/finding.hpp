// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is wrong or odd about the settings, and where each value came from.

#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::settings
{

enum class source : std::uint8_t
{
    built_in,
    preset, // settings/preset and settings/profile: "preset okta", "profile fapi2_security"
    file,
    environment,
    command_line,
};

// Who set a value.
struct origin
{
    source from = source::built_in;
    std::string place =
        "default";            // "config.yaml:12", "environment OIDC_ISSUER", "command line --oidc.issuer"
    bool is_unusable = false; // set, but to something that could not be read
};

// One problem or warning. Never holds the value of a secret.
struct finding
{
    std::string place;   // as origin::place; empty: nowhere in particular
    std::string setting; // "oidc.issuer"; empty: none in particular
    std::string message; // what was found, what is expected, what to do
};

// "config.yaml:12: oidc.issuer: …".
std::string to_text(const finding& what);

struct findings
{
    std::vector<finding> problems; // the settings cannot be used
    std::vector<finding> warnings;
};

} // namespace sekisho::settings
