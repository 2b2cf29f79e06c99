// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claims that hold several texts: groups, roles, and whatever else goes into a header.

#include "base/result.hpp"
#include "identity/claim_path.hpp"
#include "identity/claim_sources.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::identity
{

// What a list may be written as, beside an array of texts.
enum class list_form : std::uint8_t
{
    names,  // one text, or the text of a JSON array ("[\"a\",\"b\"]")
    values, // one text or one integer, taken as it is
};

struct list_reading
{
    list_form form = list_form::names;
    std::string delimiter; // splits a claim that is one text, spaces around the pieces go; empty: it is one
};

// The first list of the chain with anything in it, each text once, in its order, blank ones left out.
// Anything that is no list of texts is refused whole: leaving out what we do not understand could leave out
// the group by which somebody is kept away. Error: oidc_identity_unusable.
result<std::vector<std::string>>
read_list(const claim_sources& from, const claim_chain& chain, const list_reading& how);

// Error: oidc_identity_unusable when a session cannot carry them (identity.hpp); the detail has the counts.
result<void> check_size(const std::vector<std::string>& values, std::string_view what);

// Each once, the first of its kind.
std::vector<std::string> each_once(std::vector<std::string> values);

} // namespace sekisho::identity
