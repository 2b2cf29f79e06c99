// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho register` says. Pure.

#include "app/command/register_files.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "oidc/registration_response.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::app
{

enum class request_proof : std::uint8_t
{
    none,
    token, // is sent, and not shown
};

struct request_told
{
    std::string_view method;
    std::string address;
    request_proof proof = request_proof::none;
};

// The request as it would be sent, its body indented.
std::string describe_request(const request_told& what, const json& body);

enum class registration_kind : std::uint8_t
{
    created,
    updated,
};

struct registration_told
{
    registration_kind kind = registration_kind::created;
    std::string section;   // "oidc.", or "providers.okta."
    std::string directory; // empty: nothing is kept, so the variables are shown, the secret with them
    time_point now;
};

// The variables to set: the names of the files or, without a directory, the values, the secret with them.
std::string what_to_set(const registration_told& told, const kept_client& client);

// What was done, and what the provider changed. No secrets; no control characters but newlines.
std::string describe_registration(
    const registration_told& told, const kept_client& client, const oidc::registered_client& answer
);

// Whether sign-in does not work as it was registered.
bool has_problem(const oidc::registered_client& answer);

} // namespace sekisho::app
