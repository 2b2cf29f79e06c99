// SPDX-License-Identifier: Apache-2.0
#pragma once
// What there is only while local.restore is on: the temporary password and how often it was tried. All
// workers share it, and it survives the reloads that leave the mode on.

#include "gateway/local/attempt_limit.hpp"
#include "gateway/local/temporary_password.hpp"

#include <string_view>

namespace sekisho::gateway
{

// Of sessions that began so.
inline constexpr std::string_view local_issuer = "urn:sekisho:local";
inline constexpr std::string_view local_provider = "local";

struct local_restore
{
    explicit local_restore(const secret& password) : password(password) {}

    const temporary_password password;
    // Nobody guesses 140 bits; the limit keeps the log readable. So others may not lock anybody out with it.
    attempt_limit attempts{{.per_client = 5, .in_all = 30, .first_tries = newcomers::spared}};
};

} // namespace sekisho::gateway
