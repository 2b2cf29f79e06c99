// SPDX-License-Identifier: Apache-2.0
#pragma once
// The name a person goes by, out of what was found: rewritten, and held against an application's rules.

#include "base/result.hpp"
#include "identity/pattern.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::identity
{

// Which names people may have.
enum class username_rule : std::uint8_t
{
    any,
    arcgis, // ASCII letters and digits and . _ @, 6 to 128 of them
};

// What stands in a name, instead of what is found in it.
struct username_rewrite
{
    pattern found;
    std::string replacement;
};

// What a name is made of; empty: there is none of it.
struct username_sources
{
    std::string_view claim;       // the user name claim's, in the case that is wanted
    std::string_view email;       // an address that may be believed
    std::string_view user;        // the user id
    std::string_view suffix = {}; // of whom the name is (identity/username_suffix); empty: names have none
};

// `any`: the claim's, rewritten; "" when there is none. `arcgis`: the first that the rule allows of the
// claim's (rewritten), the local part of the address, and the user id. A suffix stands behind every name; for
// it a long name is cut, and a short one is long enough for the rule. Names are nobody's key: without a
// suffix two people of two domains may have the same local part. Error: oidc_identity_unusable, when no name
// is left or allowed.
result<std::string> choose_username(
    const username_sources& from, const std::optional<username_rewrite>& rewrite, username_rule rule
);

} // namespace sekisho::identity
