// SPDX-License-Identifier: Apache-2.0
#pragma once
// How things are called on a shelf: so that who reads the names learns neither who is signed in nor what
// would open a session. What is before the colon is the kind.

#include "base/secret.hpp"
#include "session/session.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::session
{

// A session's own things, by the SHA-256 of its id: 256 random bits, so that nobody finds it again without
// knowing it.
std::string member_name(const session_id& id);   // in sets
std::string record_name(const session_id& id);   // "session:…", its value (ticket_store)
std::string handover_name(const session_id& id); // "renewed:…", its newer value (cookie_store)
std::string note_name(std::string_view member);  // "note:…", its summary

// The set of all members, and that of endings.
inline constexpr std::string_view all_set = "all:sessions";
inline constexpr std::string_view endings_set = "endings:told";

// Names of what can be guessed (people, their sessions at the provider): HMAC-SHA256 under the server's
// secrets. Immutable; may be shared between threads.
class shelf_names
{
public:
    // The current secret first, then those still accepted. At least one.
    explicit shelf_names(const std::vector<secret>& secrets);

    // "kind:…" of these values, whose borders count. Under the current secret in front, then under each older
    // one: what was put before a rotation is found there.
    std::vector<std::string> of(std::string_view kind, std::initializer_list<std::string_view> values) const;

private:
    std::vector<secret> keys_;
};

} // namespace sekisho::session
