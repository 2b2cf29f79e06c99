// SPDX-License-Identifier: Apache-2.0
#pragma once
// What each source says, as assignments to settings: not yet read as values and not yet compared.

#include "settings/finding.hpp"
#include "settings/setting.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

struct text_file
{
    std::string name; // as people know it: "config.yaml"
    std::string text;
};

using environment = std::map<std::string, std::string, std::less<>>;

// `--oidc.issuer=https://…` or `--set oidc.issuer=https://…`.
struct override_value
{
    std::string path;
    std::string value;
};

struct assignment
{
    setting what;
    raw_value value;
    given means = given::value;
    origin from;
};

struct reading
{
    std::vector<assignment> assignments;
    findings found;
};

// Unknown names are problems.
reading read_file(const text_file& file);
reading read_overrides(const std::vector<override_value>& overrides);
// An empty variable counts as not set. A variable's own name wins over an alias. Unknown names that begin as
// our sections do are warnings; variables that Kubernetes makes for services are passed over.
reading read_environment(const environment& variables);

} // namespace sekisho::settings
