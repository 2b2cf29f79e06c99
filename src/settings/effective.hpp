// SPDX-License-Identifier: Apache-2.0
#pragma once
// The providers as they are to be: each with its settings and with what a person is there.

#include "settings/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::settings
{

// The name of the provider of the section oidc.
inline constexpr std::string_view default_provider_name = "default";

struct effective_provider
{
    std::string name;
    // After load() with what its preset says; `preset` is the one it is; no refresh_scopes when nothing is
    // renewed.
    oidc_settings oidc;
    identity_settings identity; // of the section identity, with what this provider does in its own way
};

// That of the section oidc first, unless there is none beside providers.*; then by name. At least one.
std::vector<effective_provider> effective_providers(const model& values);

// Whether both have the same name and the same settings, secrets included.
bool is_same(const effective_provider& left, const effective_provider& right);

// Whether there is no ID token, so that the provider's own interface says who a person is: GitHub, and GitLab
// when openid is not asked for.
bool is_oauth_only(const oidc_settings& of);

} // namespace sekisho::settings
