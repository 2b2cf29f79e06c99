// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page for a hidden frame of the application that tells it when the person's session at the provider
// changed, and what became of ours (OpenID Connect Session Management 1.0, 3).

#include "http/head.hpp"

#include <string>
#include <string_view>

namespace sekisho::pages
{

struct session_watch
{
    std::string op_frame{};       // the provider's check_session_iframe, an address; empty: nothing to ask
    std::string op_origin{};      // its origin
    std::string question{};       // "client_id session_state"
    std::string again{};          // our address that asks the provider for the person; empty: there is none
    std::string sign_in_origin{}; // where that leads
    std::string state{};          // told at once where there is nothing to ask
};

// 200. Tells the page around it, of our own origin only, by postMessage:
// {"type":"sekisho.session","state":"unchanged"|"ended"|"changed"|"error"|"signed_out"|"unknown"}. `nonce` is
// fresh for each answer, in base64url: no other script runs.
http::response check_session_page(const session_watch& what, std::string_view nonce);

} // namespace sekisho::pages
