// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who asks for /logout: a person, the provider's landing, the provider's front channel, or another site.
// Pure.

#include "base/url.hpp"
#include "http/head.hpp"

#include <cstdint>

namespace sekisho::gateway
{

enum class sign_out_caller : std::uint8_t
{
    person,        // a navigation of our own site, or a form of our own origin: sign out
    landing,       // back from the provider after a sign-out, or nobody who could be signed out
    front_channel, // the provider's frame or picture (Front-Channel Logout 1.0): clear, no redirect
    stranger,      // a link on another site: ask the person
    forger,        // a form of another site: refuse
    script,        // a GET that is no navigation: refuse, it should be a POST
};

enum class found : std::uint8_t
{
    no,
    yes,
};

// What the request carries that matters here.
struct sign_out_signs
{
    found session = found::no;
    found own_state = found::no;     // `state` is the one that this browser's sign-out cookie remembers
    found front_channel = found::no; // `sid` or `iss`
};

// A link on another site may carry a `sid` too, but it opens in the window's top; the front channel never
// does. Nor is it in a page of ours: a picture that somebody put there must not sign out whoever looks at it.
bool may_be_front_channel(const http::request_head& head);

sign_out_caller tell_caller(const http::request_head& head, const url& origin, const sign_out_signs& signs);

} // namespace sekisho::gateway
