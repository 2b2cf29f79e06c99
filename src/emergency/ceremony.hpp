// SPDX-License-Identifier: Apache-2.0
#pragma once
// Registering a passkey and signing in with one (WebAuthn Level 2, 7.1 and 7.2): every check of the answers
// that the browser brings. Pure.

#include "emergency/authenticator_data.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::emergency
{

// What the answers must be for.
struct expected_ceremony
{
    std::string origin;    // ours, as browsers write it
    std::string rp_id;     // its host
    std::string challenge; // base64url, as it was given to the browser
};

// A registered passkey.
struct passkey
{
    bytes id;
    public_key key;
    std::uint32_t counter = 0;
    bool is_discoverable = false; // can be used without being named
};

struct registration
{
    bytes client_data; // JSON
    bytes attestation; // the CBOR object
};

struct assertion
{
    bytes id;
    bytes client_data;
    bytes authenticator_data;
    bytes signature;
    std::optional<bytes> user_handle; // nullopt: the authenticator gave none
};

// The passkey that was made, without attestation of its maker (7.1). Whether its id is new is for the caller
// (step 22). Error: emergency_refused; `where` names the step.
result<passkey> check_registration(const registration& answer, const expected_ceremony& expected);

// The counter to keep when a passkey of the person with this handle made the answer (7.2). Error:
// emergency_refused; `where` names the step.
result<std::uint32_t> check_assertion(
    const assertion& answer, const passkey& known, byte_view user_handle, const expected_ceremony& expected
);

} // namespace sekisho::emergency
