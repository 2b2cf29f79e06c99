// SPDX-License-Identifier: Apache-2.0
#pragma once
// How an application is told who is calling: the block of header lines put there after those of the client
// were taken away (identity/header_config).

#include "base/result.hpp"
#include "identity/header_config.hpp"
#include "identity/identity.hpp"

#include <string>
#include <string_view>

namespace sekisho::identity
{

// Tokens an application may get; empty: there is none.
struct header_tokens
{
    std::string_view id_token;
    std::string_view access_token;
};

// The lines "Name: value\r\n…" for this person, computed once per session; values that do not exist have no
// line. Error: identity_header_unsafe for a value with CR, LF, NUL or another control character, or, with
// utf8, with spaces at the ends (of a list's values they are encoded).
result<std::string> render(const identity& who, const header_tokens& tokens, const header_config& config);

} // namespace sekisho::identity
