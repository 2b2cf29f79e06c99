// SPDX-License-Identifier: Apache-2.0
#include "base/joined.hpp"
#include "pages/catalogue.hpp"
#include "pages/errors/protocol/words_ja.hpp"
#include "pages/errors/request/words_ja.hpp"
#include "pages/errors/session/words_ja.hpp"
#include "pages/errors/sign_in/words_ja.hpp"

#include <array>

namespace sekisho::pages
{
namespace
{

constexpr auto errors = joined(protocol_words_ja, sign_in_words_ja, session_words_ja, request_words_ja);

} // namespace

std::span<const error_words> japanese_errors() { return errors; }

} // namespace sekisho::pages
