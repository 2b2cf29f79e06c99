// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions and sign-ins as bytes: a version, then length-prefixed fields, so that no two values share a
// spelling.

#include "base/result.hpp"
#include "session/session.hpp"
#include "session/sign_in.hpp"

#include <string>
#include <string_view>

namespace sekisho::session
{

std::string encode(const session& value);
std::string encode(const sign_in& value);

// Strict: the version, every length, the whole text and nothing after it; limits on counts and sizes.
// Error: value_malformed, with what was wrong and where.
result<session> decode_session(std::string_view encoded);
result<sign_in> decode_sign_in(std::string_view encoded);

} // namespace sekisho::session
