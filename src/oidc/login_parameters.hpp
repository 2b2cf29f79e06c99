// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a link to our login address may say to the provider: only what the administrator has listed.

#include "base/result.hpp"
#include "oidc/names.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::oidc
{

struct login_parameter
{
    std::string name;
    std::optional<std::string> value; // nullopt: any clean text; otherwise only this one
    friend bool operator==(const login_parameter&, const login_parameter&) = default;
};

inline constexpr std::size_t longest_login_parameter = 512; // bytes of a value

// Reads "login_hint" and "prompt=create". Error: value_malformed with what is wrong, also for parameters that
// are ours alone (is_reserved) and for `return_to`, `idp` and `email`, which the login address takes itself.
result<login_parameter> parse_login_parameter(std::string_view text);

// Of the received ones those that are allowed, each name once: the first. Values that are empty, longer than
// longest_login_parameter, not UTF-8 or hold control characters are left out.
parameters allowed_parameters(std::span<const login_parameter> allowed, std::span<const parameter> received);

} // namespace sekisho::oidc
