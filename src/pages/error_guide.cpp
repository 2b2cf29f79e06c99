// SPDX-License-Identifier: Apache-2.0
#include "pages/error_guide.hpp"

#include "base/joined.hpp"
#include "pages/errors/protocol/guide_en.hpp"
#include "pages/errors/request/guide_en.hpp"
#include "pages/errors/session/guide_en.hpp"
#include "pages/errors/sign_in/guide_en.hpp"
#include "pages/language.hpp"

#include <array>
#include <cstddef>

namespace sekisho::pages
{
namespace
{

constexpr auto rows = joined(protocol_guide_en, sign_in_guide_en, session_guide_en, request_guide_en);

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < rows.size(); ++index)
        if (rows[index].code != static_cast<errc>(index))
            return false;
    return rows.size() == static_cast<std::size_t>(errc::value_malformed);
}
static_assert(rows_follow_the_enumeration());

} // namespace

const guide_row& guide(errc code, language in)
{
    if (in == language::ja)
        return japanese_guide()[static_cast<std::size_t>(is_shown(code) ? code : errc::internal_error)];
    return rows[static_cast<std::size_t>(is_shown(code) ? code : errc::internal_error)];
}

} // namespace sekisho::pages
