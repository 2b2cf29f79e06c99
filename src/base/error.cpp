// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include "base/errors/protocol.hpp"
#include "base/errors/request.hpp"
#include "base/errors/session.hpp"
#include "base/errors/sign_in.hpp"
#include "base/joined.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace sekisho
{
namespace
{

constexpr auto rows = joined(protocol_rows, sign_in_rows, session_rows, request_rows);

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < rows.size(); ++index)
        if (rows[index].code != static_cast<errc>(index))
            return false;
    return rows.size() == static_cast<std::size_t>(errc::count_);
}
static_assert(rows_follow_the_enumeration());

} // namespace

const error_row& describe(errc code) { return rows.at(static_cast<std::size_t>(code)); }

std::span<const error_row> all_errors() { return rows; }

std::string to_text(const error& failure)
{
    std::string text(describe(failure.code).name);
    if (!failure.where.empty())
        text.append(" at ").append(failure.where);
    if (!failure.detail.empty())
        text.append(": ").append(failure.detail);
    return text;
}

} // namespace sekisho
