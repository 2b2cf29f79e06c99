// SPDX-License-Identifier: Apache-2.0
#include "settings/table.hpp"

#include "settings/rows/rows.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace sekisho::settings
{
namespace
{

constexpr section section_rows[] = {
    {"oidc", "The identity provider and how people sign in there."},
    {"server", "The side towards browsers: listeners, addresses, limits and time-outs."},
    {"upstream", "The application behind the gate."},
    {"session", "How long people stay signed in and the cookie that says so."},
    {"redis", "The store that replicas share."},
    {"identity", "Who a person is, and how the application is told."},
    {"access", "What can be reached without signing in, and what needs a stronger sign-in."},
    {"admin",
     "The listener for health checks and metrics, which stays off the public network; and who may look at a "
     "sign-in's insides."},
    {"local", "The way in when sign-in at the provider is broken."},
    {"emergency", "Named people who may come in beside the provider."},
    {"log", "What is written to standard output."},
};

std::vector<row> all_rows()
{
    std::vector<row> all;
    for (const auto part : {oidc_rows(), server_rows(), session_rows(), identity_rows(), access_rows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

std::span<const section> sections() { return section_rows; }

std::span<const row> table()
{
    static const auto all = all_rows();
    return all;
}

std::optional<std::size_t> find_row(std::string_view path)
{
    const auto is_twin_of = [path](const row& of)
    {
        return std::ranges::any_of(
            twins,
            [&](const twin& each)
            {
                return of.takes(each.gives) && path.size() == of.path.size() + each.path_end.size() &&
                       path.starts_with(of.path) && path.ends_with(each.path_end);
            }
        );
    };
    for (std::size_t index = 0; index < table().size(); ++index)
    {
        const auto& each = table()[index];
        if (each.path == path || is_twin_of(each))
            return index;
    }
    return std::nullopt;
}

std::size_t row_of(std::string_view path)
{
    const auto found = std::ranges::find(table(), path, &row::path);
    assert(found != table().end());
    return static_cast<std::size_t>(found - table().begin());
}

std::string environment_name(std::string_view path)
{
    std::string name(path);
    for (auto& character : name)
        if (character == '.')
            character = '_';
        else if (character >= 'a' && character <= 'z')
            character = static_cast<char>(character - 'a' + 'A');
    return name;
}

std::string expected_form(const row& of)
{
    std::string text(of.kind.expected);
    for (const auto& choice : of.kind.choices)
        text.append(text.empty() ? "" : " | ").append(choice);
    if (of.is_list)
        text.insert(0, "a list, each item ");
    return text;
}

} // namespace sekisho::settings
