// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a program is told whose session shows less than a path demands. Pure.

#include "access/step_up.hpp"
#include "base/time.hpp"

#include <string>

namespace sekisho::gateway
{

// The value of WWW-Authenticate: insufficient_user_authentication (RFC 9470, 3) for how and when the person
// signed in, insufficient_scope (RFC 6750, 3.1) for what was granted; both where both are missing.
std::string challenge_of(const access::step_up& demand, const access::sign_in_proof& shown, time_point now);

} // namespace sekisho::gateway
