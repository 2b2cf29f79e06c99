// SPDX-License-Identifier: Apache-2.0
#include "oidc/registration_differences.hpp"

#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho::oidc
{
namespace
{

// How a member is compared, and what it means that the provider has another one.
enum class comparison : std::uint8_t
{
    same,     // exactly; lists and words in any order
    contains, // all that was asked for is there, and maybe more
    unlooked, // the provider's to say, or said in another way
};

struct member_row
{
    std::string_view name;
    comparison how = comparison::same;
    difference_weight weight = difference_weight::note;
    std::string_view advice;
};

constexpr auto problem = difference_weight::problem;
constexpr auto note = difference_weight::note;

constexpr std::array members{
    member_row{"redirect_uris", comparison::contains, problem, "nobody can come back from signing in"},
    member_row{"response_types", comparison::contains, problem, "sign-in is refused: oidc.auth_method"},
    member_row{
        "grant_types",
        comparison::contains,
        note,
        "what is missing is refused: without authorization_code no sign-in, without refresh_token no renewal"
    },
    member_row{
        "token_endpoint_auth_method",
        comparison::same,
        problem,
        "set oidc.client_authentication to what was registered"
    },
    member_row{
        "id_token_signed_response_alg",
        comparison::same,
        problem,
        "the provider's ID tokens would be refused: oidc.signing_algorithms"
    },
    member_row{
        "scope", comparison::contains, note, "claims that belong to what is missing do not come: oidc.scopes"
    },
    member_row{"post_logout_redirect_uris", comparison::contains, note, "nobody comes back from signing out"},
    member_row{"jwks_uri", comparison::same, problem, "the provider does not know our keys"},
    member_row{"client_name", comparison::unlooked, note, ""},
    member_row{"application_type", comparison::unlooked, note, ""},
    member_row{"jwks", comparison::unlooked, note, ""}, // some add members to keys
};

const member_row& row_of(std::string_view name)
{
    static constexpr member_row other{"", comparison::same, note, ""};
    const auto* const found = std::ranges::find(members, name, &member_row::name);
    return found == members.end() ? other : *found;
}

// Texts of a list, or the words of a scope.
std::vector<std::string> parts_of(const json& value, bool has_words)
{
    std::vector<std::string> made;
    if (value.is_array())
        for (const auto& each : value)
            made.push_back(each.is_string() ? each.get<std::string>() : sekisho::to_text(each));
    else if (value.is_string() && has_words)
    {
        std::string word;
        for (const auto each : value.get<std::string>() + " ")
            if (each != ' ')
                word += each;
            else if (!word.empty())
                made.push_back(std::exchange(word, {}));
    }
    else
        made.push_back(value.is_string() ? value.get<std::string>() : sekisho::to_text(value));
    std::ranges::sort(made);
    return made;
}

bool is_fine(const member_row& row, const json& asked, const json& registered)
{
    const auto has_words = row.name == "scope";
    const auto wanted = parts_of(asked, has_words);
    const auto there = parts_of(registered, has_words);
    return row.how == comparison::contains ? std::ranges::includes(there, wanted) : there == wanted;
}

std::string shown(const json& value)
{
    constexpr std::size_t longest = 300;
    if (value.is_array())
        return in_quotes(parts_of(value, false));
    return in_quotes(value.is_string() ? value.get<std::string>() : sekisho::to_text(value), longest);
}

// ID tokens come signed like this although nothing was asked (Registration 1.0, 2: RS256 unless it is said).
void note_symmetric(const json& asked, const json& registered, std::vector<registration_difference>& found)
{
    constexpr auto name = "id_token_signed_response_alg";
    const auto alg = registered.find(name);
    if (asked.contains(name) || alg == registered.end() || !alg->is_string() ||
        !alg->get_ref<const std::string&>().starts_with("HS"))
        return;
    found.push_back(
        {problem,
         "the provider signs ID tokens with " + shown(*alg) +
             ", keyed by the client secret: set oidc.signing_algorithms to it, or to RS256 and register again"
        }
    );
}

} // namespace

std::vector<registration_difference> differences(const json& asked, const json& registered)
{
    std::vector<registration_difference> found;
    for (const auto& [name, wanted] : asked.items())
    {
        const auto& row = row_of(name);
        const auto there = registered.find(name);
        if (row.how == comparison::unlooked)
            continue;
        if (there == registered.end() || there->is_null())
            found.push_back({note, name + ": asked for " + shown(wanted) + ", the answer does not have it"});
        else if (!is_fine(row, wanted, *there))
            found.push_back(
                {row.weight,
                 (name + ": asked for " + shown(wanted) + ", registered is " + shown(*there))
                     .append(row.advice.empty() ? "" : "; ")
                     .append(row.advice)}
            );
    }
    note_symmetric(asked, registered, found);
    return found;
}

} // namespace sekisho::oidc
