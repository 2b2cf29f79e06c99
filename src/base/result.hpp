// SPDX-License-Identifier: Apache-2.0
#pragma once
// The error channel: a value, or why there is none.

#include "base/error.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho
{

template <class T>
using result = std::expected<T, error>;

// `return fail(errc::value_malformed, "jwt.header", "not base64url");`
inline std::unexpected<error> fail(errc code, std::string_view where, std::string detail = {})
{
    return std::unexpected(error{code, where, std::move(detail)});
}

} // namespace sekisho
