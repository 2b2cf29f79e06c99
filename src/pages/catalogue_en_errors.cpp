// SPDX-License-Identifier: Apache-2.0
#include "base/joined.hpp"
#include "pages/catalogue.hpp"
#include "pages/errors/protocol/words_en.hpp"
#include "pages/errors/request/words_en.hpp"
#include "pages/errors/session/words_en.hpp"
#include "pages/errors/sign_in/words_en.hpp"

#include <array>

namespace sekisho::pages
{
namespace
{

constexpr auto errors = joined(protocol_words_en, sign_in_words_en, session_words_en, request_words_en);

} // namespace

std::span<const error_words> english_errors() { return errors; }

} // namespace sekisho::pages
