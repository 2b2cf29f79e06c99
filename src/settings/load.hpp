// SPDX-License-Identifier: Apache-2.0
#pragma once
// Puts the settings together from everything that may say something about them. All problems are found at
// once.

#include "base/result.hpp"
#include "settings/finding.hpp"
#include "settings/model.hpp"
#include "settings/preset.hpp"
#include "settings/profile.hpp"
#include "settings/reading.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// Weakest first: the defaults, what a provider's preset and its profile say, then these in their order.
struct sources
{
    std::optional<text_file> file;
    environment variables;
    std::vector<override_value> overrides;
    // Reads a secret's file; the detail of its error says why not. One line break at the end is taken off.
    std::function<result<std::string>(const std::string& name)> read_secret;
    // Runs a secret's command (settings/command_words) and gives what it printed; its error as above. Not
    // called where a stronger source sets the same.
    std::function<result<std::string>(const std::vector<std::string>& words)> run_command = {};
};

struct loaded
{
    model values;
    settings::origins origins;
    std::vector<applied_preset> presets;   // of each provider: the short form's first, then by name
    std::vector<applied_profile> profiles; // of each provider that has one, in the same order
    findings found;

    bool is_usable() const { return found.problems.empty(); }
    const origin& origin_of(std::string_view path) const { return origins.of(path); } // there is such a path
};

// Reads all sources, applies the presets and the profiles, then holds the values against each other
// (settings/check). With problems the values must not be used.
loaded load(const sources& from);

} // namespace sekisho::settings
