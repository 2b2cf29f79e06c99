// SPDX-License-Identifier: Apache-2.0
#pragma once
// What there is only with emergency.file: the people, how often somebody tried, and where the work is done
// that would hold up requests. All workers share it.

#include "emergency/register.hpp"
#include "gateway/local/attempt_limit.hpp"
#include "net/task.hpp"

#include <memory>
#include <string_view>

namespace sekisho::gateway
{

// Of sessions that began so.
inline constexpr std::string_view emergency_issuer = "urn:sekisho:emergency";
inline constexpr std::string_view emergency_provider = "emergency";

// The limits survive reloads. Nobody guesses a signature, so others may not lock a passkey out; passwords and
// their six digits can be guessed, and each try costs a tenth of a second.
struct emergency_attempts
{
    attempt_limit passkeys{{.per_client = 10, .in_all = 60, .first_tries = newcomers::spared}};
    attempt_limit passwords{{.per_client = 5, .in_all = 20, .first_tries = newcomers::counted}};
};

struct emergency_access
{
    std::shared_ptr<emergency::people_register> people; // null: there is no such way in
    std::shared_ptr<emergency_attempts> attempts;
    net::executor blocking; // reads and writes the file and hashes passwords: the control worker's
};

} // namespace sekisho::gateway
