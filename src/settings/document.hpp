// SPDX-License-Identifier: Apache-2.0
#pragma once
// The table of settings as people and tools read it.

#include "settings/load.hpp"

#include <string>

namespace sekisho::settings
{

// docs/configuration.md.
std::string reference();

// The settings part of --help.
std::string help();

// docs/configuration.schema.json: JSON Schema 2020-12 for the configuration file.
std::string schema();

// config/sekisho.example.yaml: every setting with its meaning, all but the required ones commented out.
std::string example();

// What is in effect and who set it, secrets masked: `path = value  # place`, one line per setting.
std::string effective(const loaded& settings);
// The same as a JSON object from path to {value, origin}; secrets masked.
std::string effective_json(const loaded& settings);

} // namespace sekisho::settings
