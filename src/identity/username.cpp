// SPDX-License-Identifier: Apache-2.0
#include "identity/username.hpp"

#include "identity/characters.hpp"
#include "identity/identity.hpp"
#include "identity/username_suffix.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view step = "identity.username";
constexpr std::size_t arcgis_least = 6;
constexpr std::size_t arcgis_most = 128;

bool is_arcgis_character(char character) noexcept
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z') ||
           std::string_view("._@").find(character) != std::string_view::npos;
}

// With a suffix behind it a name is never too short; ArcGIS itself appends digits to one that is.
bool is_arcgis_name(std::string_view name, std::string_view suffix) noexcept
{
    return !name.empty() && name.size() + suffix.size() >= arcgis_least && name.size() <= arcgis_most &&
           std::ranges::all_of(name, is_arcgis_character);
}

result<std::string> rewritten(std::string_view claim, const std::optional<username_rewrite>& rewrite)
{
    if (claim.empty() || !rewrite)
        return std::string(claim);
    auto name = rewrite->found.replaced(claim, rewrite->replacement);
    if (is_blank(name) || trimmed(name).size() != name.size() || !is_clean_text(name))
        return fail(
            errc::oidc_identity_unusable,
            step,
            "the pattern leaves no usable user name of \"" + std::string(claim) + "\""
        );
    return name;
}

} // namespace

result<std::string> choose_username(
    const username_sources& from, const std::optional<username_rewrite>& rewrite, username_rule rule
)
{
    auto name = rewritten(from.claim, rewrite);
    if (!name)
        return name;
    if (rule == username_rule::any)
        return with_suffix(*name, from.suffix, max_text_size);
    for (const auto candidate :
         {std::string_view(*name), from.email.substr(0, from.email.find('@')), from.user})
        if (is_arcgis_name(candidate, from.suffix))
            return with_suffix(candidate, from.suffix, arcgis_most);
    return fail(
        errc::oidc_identity_unusable,
        step,
        "neither the user name claim nor the e-mail address nor the user id gives a name of 6 to 128 "
        "letters, digits and . _ @"
    );
}

} // namespace sekisho::identity
