// SPDX-License-Identifier: Apache-2.0
#include "base/joined.hpp"
#include "pages/error_guide.hpp"
#include "pages/errors/protocol/guide_ja.hpp"
#include "pages/errors/request/guide_ja.hpp"
#include "pages/errors/session/guide_ja.hpp"
#include "pages/errors/sign_in/guide_ja.hpp"

#include <array>
#include <cstddef>

namespace sekisho::pages
{
namespace
{

constexpr auto rows = joined(protocol_guide_ja, sign_in_guide_ja, session_guide_ja, request_guide_ja);

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < rows.size(); ++index)
        if (rows[index].code != static_cast<errc>(index))
            return false;
    return rows.size() == static_cast<std::size_t>(errc::value_malformed);
}
static_assert(rows_follow_the_enumeration());

} // namespace

std::span<const guide_row> japanese_guide() { return rows; }

} // namespace sekisho::pages
