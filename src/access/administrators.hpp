// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may look behind the gate: the pages for administrators (server.test_path).

#include "identity/identity.hpp"

#include <string>
#include <vector>

namespace sekisho::access
{

struct administrators
{
    std::vector<std::string> users; // user ids, user names or verified e-mail addresses
    std::vector<std::string> groups;
};

// Whether this person is one of them: by the id or the user name letter by letter, by an e-mail address that
// the provider says is verified (its domain in any case), or by a group. Nobody is when both lists are empty.
bool is_administrator(const identity::identity& who, const administrators& among) noexcept;

} // namespace sekisho::access
