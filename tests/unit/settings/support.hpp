// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings from a few lines, for the tests of this folder.

#include "settings/load.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::settings::test
{

inline constexpr auto good_secret = "c2VraXNoby10ZXN0LXNlY3JldC1vZi0zMi1ieXRlcw";

// Enough that nothing is a problem and nothing is warned about.
inline environment good_environment()
{
    return {
        {"OIDC_ISSUER", "https://login.example.com"},
        {"OIDC_CLIENT_ID", "app"},
        {"UPSTREAM_URL", "http://127.0.0.1:3000"},
        {"SERVER_PUBLIC_URL", "https://app.example.com"},
        {"SESSION_SECRET", good_secret},
    };
}

// The good environment with these variables added or, when empty, taken away.
inline loaded load_with(const environment& changes)
{
    sources from{.file = {}, .variables = good_environment(), .overrides = {}, .read_secret = {}};
    for (const auto& [name, value] : changes)
        from.variables[name] = value;
    return load(from);
}

// The good environment and this file.
inline loaded load_file(std::string yaml)
{
    return load(
        {.file = text_file{.name = "sekisho.yaml", .text = std::move(yaml)},
         .variables = good_environment(),
         .overrides = {},
         .read_secret = {}}
    );
}

inline std::vector<std::string> texts_of(const std::vector<finding>& findings)
{
    std::vector<std::string> lines;
    for (const auto& each : findings)
        lines.push_back(to_text(each));
    return lines;
}

} // namespace sekisho::settings::test
