// SPDX-License-Identifier: Apache-2.0
#pragma once
// Claims that hold one text: ids, names, addresses.

#include "base/result.hpp"
#include "identity/claim_path.hpp"
#include "identity/claim_sources.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::identity
{

struct claim_text
{
    std::string_view claim; // where it was found, as configured; empty: nowhere
    std::string value;
};

// A text, or an integer as its decimal text. Booleans, fractions, arrays and objects never name anybody, ""
// names nobody, and null is the absence of a value, not the text "null" (CVE-2026-41571).
std::optional<std::string> scalar_text(const json& value);

// What keeps a text from naming somebody: control characters, nothing to see, spaces at an end, invisible
// characters, too many bytes. Empty: nothing.
std::string_view fault_of_name(std::string_view text);

// The chain for a message about a text that was not found: "oid (a boolean), upn".
std::string looked_for(const claim_sources& from, const claim_chain& chain);

// The first text of the chain. Error: oidc_identity_unusable when that text cannot name anybody: the next
// claim might name somebody else.
result<claim_text> first_name(const claim_sources& from, const claim_chain& chain);

// The first text of the chain that is more than spaces, for reading only: trimmed, of any length. Error:
// oidc_identity_unusable for control characters.
result<claim_text> first_display_text(const claim_sources& from, const claim_chain& chain);

} // namespace sekisho::identity
