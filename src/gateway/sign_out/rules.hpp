// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the administrator wants of a sign-out beside the protocol.

#include "gateway/sign_out/application_sign_out.hpp"
#include "http/head.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::gateway
{

// How far a sign-out has come with an answer.
enum class sign_out_stage : std::uint8_t
{
    leaving, // the browser goes to the provider and comes back: cookies are still needed
    over,
};

struct sign_out_rules
{
    application_sign_out application;
    // What browsers are to forget (W3C Clear Site Data, 3.1): "cookies", "storage", "cache"; empty: nothing.
    std::vector<std::string> forgets;
};

// Adds Clear-Site-Data; while leaving, without "cookies". Nothing when there is nothing to forget.
void add_forgetting(http::response& to, const sign_out_rules& by, sign_out_stage stage);

} // namespace sekisho::gateway
