// SPDX-License-Identifier: Apache-2.0
#include "settings/command_words.hpp"

#include <utility>

namespace sekisho::settings
{
namespace
{

constexpr std::string_view spaces = " \t\r\n";

std::unexpected<error> malformed(std::string fault)
{
    return fail(errc::value_malformed, "settings.command", std::move(fault));
}

bool is_quote(char each) { return each == '\'' || each == '"'; }

// Takes one word off, which begins at the front; an error for a quote without its other half.
result<std::string> take_word(std::string_view& rest)
{
    std::string word;
    while (!rest.empty() && spaces.find(rest.front()) == std::string_view::npos)
    {
        const auto first = rest.front();
        rest.remove_prefix(1);
        if (!is_quote(first))
        {
            word.push_back(first);
            continue;
        }
        const auto end = rest.find(first);
        if (end == std::string_view::npos)
            return malformed(std::string("has a ") + first + " without another one");
        word.append(rest.substr(0, end));
        rest.remove_prefix(end + 1);
    }
    return word;
}

} // namespace

result<std::vector<std::string>> command_words(std::string_view command)
{
    std::vector<std::string> words;
    for (auto rest = command;;)
    {
        const auto first = rest.find_first_not_of(spaces);
        if (first == std::string_view::npos)
            break;
        rest.remove_prefix(first);
        auto word = take_word(rest);
        if (!word)
            return std::unexpected(word.error());
        if (word->find('\0') != std::string::npos)
            return malformed("holds a NUL");
        words.push_back(*std::move(word));
    }
    if (words.empty() || words.front().empty())
        return malformed("names no program");
    if (!words.front().starts_with('/'))
        return malformed("needs the whole path of its program, which begins with /");
    return words;
}

} // namespace sekisho::settings
