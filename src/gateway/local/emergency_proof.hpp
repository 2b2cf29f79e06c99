// SPDX-License-Identifier: Apache-2.0
#pragma once
// What somebody shows to come in beside the provider, read from a form and held against the people. Blocks on
// the file and on hashing.

#include "base/time.hpp"
#include "emergency/register.hpp"
#include "gateway/form/cookie.hpp"
#include "http/form.hpp"

#include <string>
#include <vector>

namespace sekisho::gateway
{

enum class emergency_way : std::uint8_t
{
    passkey,
    password,
    registration,
};

// A form that one of our pages sent.
struct emergency_attempt
{
    emergency_way way = emergency_way::passkey;
    http::form fields;
    shown_form form;
    std::string origin; // ours
    std::string rp_id;  // its host
    time_point now{};
};

// Who came in.
struct emergency_proof
{
    std::string name;
    std::vector<std::string> amr; // RFC 8176
};

// Which way the form is for. Error: request_malformed.
result<emergency_way> way_of(const http::form& fields);

// Holds it against the people, and keeps counters, used codes and new passkeys. Errors: emergency_refused,
// emergency_unavailable.
result<emergency_proof> prove(emergency::people_register& people, const emergency_attempt& what);

} // namespace sekisho::gateway
