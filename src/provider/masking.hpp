// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a report may show of a secret: how it begins and how long it is, so that two people can tell that they
// speak of the same one, and nobody can use it. Pure.

#include "base/json.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::provider
{

// At most this many characters of a secret are ever shown, and only of one of at least eight times as many.
inline constexpr std::size_t shown_of_secret = 4;

// "eyJh… (812 characters)"; of a short one nothing but its length. Empty: "(empty)".
std::string masked(std::string_view secret);

// Whether a parameter or member of that name holds something that nobody may see: codes, tokens, assertions,
// secrets, verifiers. Case does not matter.
bool is_secret_name(std::string_view name) noexcept;

// Whether a text looks like a signed token, whatever it is called.
bool is_token_like(std::string_view text) noexcept;

// JSON with every text masked that is_secret_name() or is_token_like() finds, at any depth, as indented text;
// and those texts themselves.
struct masked_json
{
    std::string shown;
    std::vector<std::string> secrets;
};
masked_json masked_members(json value);

} // namespace sekisho::provider
