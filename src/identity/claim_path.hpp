// SPDX-License-Identifier: Apache-2.0
#pragma once
// One way to a value among a person's claims, as the configuration writes it: where to look, and what to take
// of what is there.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::identity
{

enum class claim_source : std::uint8_t
{
    claims,       // the ID token's with those of UserInfo
    access_token, // the access token's, written "access_token:realm_access.roles"
};

// What becomes of a sign-in whose access token cannot be read where an entry looks into it.
enum class unreadable_token : std::uint8_t
{
    is_refused,     // what it would have said is unknown, not absent
    is_passed_over, // written "access_token?:realm_access.roles": the next entry is tried
};

// What of each element of a list counts.
enum class element_form : std::uint8_t
{
    whole,
    common_name, // "memberOf{cn}": "staff" of "CN=staff,OU=groups,DC=example" (RFC 4514)
    keys,        // "roles{keys}": the claim is an object, and its names are the list
};

// "groups", "realm_access.roles", "/realm_access/roles", "https://example.com/groups", "groups[].name",
// "memberOf{cn}", "access_token:roles", "access_token?:roles".
struct claim_path
{
    std::string written; // as it was configured
    claim_source source = claim_source::claims;
    unreadable_token when_unreadable = unreadable_token::is_refused;
    std::string path;   // as oidc::claims::find takes it
    std::string member; // "groups[].name": a path in each object of the array; empty: elements are texts
    element_form form = element_form::whole;

    // Error: value_malformed for a text that is empty or uses "[]" or "{}" otherwise.
    static result<claim_path> parse(std::string_view text);
};

// The first that holds a usable value wins. Empty: the value is not wanted.
using claim_chain = std::vector<claim_path>;

// As the configuration has it; for messages.
std::string listed(const claim_chain& chain);

} // namespace sekisho::identity
