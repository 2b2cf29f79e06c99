// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the browser says of a ceremony, and what is signed with it (WebAuthn Level 2, 5.8.1).

#include "emergency/ceremony.hpp"

#include <string_view>

namespace sekisho::emergency
{

// Where the two ceremonies count the same checks.
struct client_data_steps
{
    std::string_view type_name; // "webauthn.create"
    std::string_view readable;
    std::string_view type;
    std::string_view challenge;
    std::string_view origin;
    std::string_view token_binding;
};

inline constexpr client_data_steps registration_steps{
    "webauthn.create",
    "registration.step_6",
    "registration.step_7",
    "registration.step_8",
    "registration.step_9",
    "registration.step_10"
};
inline constexpr client_data_steps assertion_steps{
    "webauthn.get",
    "assertion.step_10",
    "assertion.step_11",
    "assertion.step_12",
    "assertion.step_13",
    "assertion.step_14"
};

// Error: emergency_refused at the step.
result<void>
check_client_data(byte_view client_data, const expected_ceremony& expected, const client_data_steps& steps);

} // namespace sekisho::emergency
