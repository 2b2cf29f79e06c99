// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an access token was granted, as providers write it (RFC 6749, 3.3 and 5.1).

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::oidc
{

enum class scope_form : std::uint8_t
{
    standard, // words separated by spaces
    foreign,  // or by commas, as GitHub does
};

// The words separated by single spaces. Empty: none, which in an answer means "as asked".
std::string scope_words(std::string_view sent, scope_form how);

} // namespace sekisho::oidc
