// SPDX-License-Identifier: Apache-2.0
#include "pages/language.hpp"

#include "http/negotiation.hpp"
#include "pages/catalogue.hpp"

#include <array>
#include <cstddef>

namespace sekisho::pages
{
namespace
{

const catalogue& catalogue_of(language in) { return in == language::ja ? japanese() : english(); }

} // namespace

language choose_language(std::span<const http::field> request)
{
    static constexpr std::array<std::string_view, languages.size()> tags{"en", "ja"};
    return http::preferred_language(request, tags) == "ja" ? language::ja : language::en;
}

std::string_view tag(language in) { return in == language::ja ? "ja" : "en"; }

bool is_shown(errc code) { return code < errc::value_malformed; }

const error_words& words_of(errc code, language in)
{
    const auto shown = is_shown(code) ? code : errc::internal_error;
    return catalogue_of(in).errors[static_cast<std::size_t>(shown)];
}

std::string_view text(text_key key, language in)
{
    return catalogue_of(in).texts[static_cast<std::size_t>(key)].text;
}

} // namespace sekisho::pages
