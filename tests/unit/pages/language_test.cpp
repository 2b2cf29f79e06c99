// SPDX-License-Identifier: Apache-2.0
#include "pages/catalogue.hpp"
#include "pages/error_guide.hpp"
#include "pages/language.hpp"
#include "support/catch.hpp"

#include <array>
#include <set>
#include <string>

using namespace sekisho;
using namespace sekisho::pages;

namespace
{

bool has_japanese(std::string_view text)
{
    // Hiragana and katakana are E3 81..83 in UTF-8; every Japanese sentence has some.
    for (std::size_t at = 0; at + 1 < text.size(); ++at)
        if (text[at] == '\xE3' && text[at + 1] >= '\x81' && text[at + 1] <= '\x83')
            return true;
    return false;
}

const catalogue& catalogue_in(language in) { return in == language::ja ? japanese() : english(); }

} // namespace

TEST_CASE(
    "every code a client can get has a title, what happened and what to do in every language", "[pages]"
)
{
    const auto in = GENERATE(from_range(languages));
    const auto& rows = catalogue_in(in).errors;
    REQUIRE(rows.size() == static_cast<std::size_t>(errc::value_malformed));
    std::size_t index = 0;
    for (const auto& row : rows)
    {
        CAPTURE(tag(in), describe(row.code).name);
        CHECK(row.code == static_cast<errc>(index++));
        CHECK_FALSE(row.title.empty());
        CHECK(row.title.back() != '.');
        CHECK_FALSE(row.title.ends_with("。"));
        for (const auto text : {row.title, row.happened, row.advice})
        {
            CHECK_FALSE(text.empty());
            CHECK(has_japanese(text) == (in == language::ja));
            CHECK(text.find_first_of("<>{}") == std::string_view::npos);
        }
        CHECK(row.happened.ends_with(in == language::ja ? "。" : "."));
        CHECK(row.advice.ends_with(in == language::ja ? "。" : "."));
    }
}

TEST_CASE("every text key has words in every language", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    const auto& rows = catalogue_in(in).texts;
    REQUIRE(rows.size() == static_cast<std::size_t>(text_key::count_));
    for (std::size_t index = 0; index < rows.size(); ++index)
    {
        CAPTURE(tag(in), index);
        CHECK(rows[index].key == static_cast<text_key>(index));
        CHECK_FALSE(rows[index].text.empty());
        CHECK(has_japanese(rows[index].text) == (in == language::ja));
        CHECK(text(rows[index].key, in) == rows[index].text);
    }
}

TEST_CASE("the words for one code are not the words for another", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    std::set<std::string> meanings;
    for (const auto& row : catalogue_in(in).errors)
        meanings.insert(std::string(row.title).append("|").append(row.happened));
    CHECK(meanings.size() == catalogue_in(in).errors.size());
}

TEST_CASE("a code that is only used inside is explained as an internal error", "[pages]")
{
    CHECK(is_shown(errc::internal_error));
    CHECK_FALSE(is_shown(errc::value_malformed));
    CHECK_FALSE(is_shown(errc::end_of_stream));
    CHECK(words_of(errc::network_failure, language::en).code == errc::internal_error);
    CHECK(guide(errc::network_failure).code == errc::internal_error);
}

TEST_CASE("an administrator finds causes and a remedy for every code", "[pages]")
{
    for (const auto& row : all_errors())
    {
        if (!is_shown(row.code))
            continue;
        CAPTURE(row.name);
        CHECK(guide(row.code).code == row.code);
        CHECK(guide(row.code).causes.ends_with("."));
        CHECK(guide(row.code).remedy.ends_with("."));
    }
}

TEST_CASE("the language follows Accept-Language", "[pages]")
{
    const auto [accepted, expected] = GENERATE(table<std::string, language>({
        {"ja", language::ja},
        {"ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", language::ja}, // RFC 9110, 12.5.4
        {"en-US,en;q=0.9,ja;q=0.8", language::en},
        {"de,ja;q=0.3", language::ja},
        {"de", language::en},
        {"", language::en},
        {"ja;q=0", language::en},
    }));
    CAPTURE(accepted);
    const std::array fields{http::field{"Accept-Language", accepted}};
    CHECK(choose_language(fields) == expected);
    CHECK(choose_language({}) == language::en);
}

TEST_CASE("every code has likely causes and a remedy in every language", "[pages]")
{
    const auto in = GENERATE(from_range(languages));
    for (const auto& row : all_errors())
    {
        if (!is_shown(row.code))
            continue;
        CAPTURE(tag(in), row.name);
        const auto& advice = guide(row.code, in);
        CHECK(advice.code == row.code);
        for (const auto text : {advice.causes, advice.remedy})
        {
            CHECK(text.ends_with(in == language::ja ? "。" : "."));
            CHECK(has_japanese(text) == (in == language::ja));
        }
    }
    CHECK(guide(errc::network_failure, in).code == errc::internal_error);
}
