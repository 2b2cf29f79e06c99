// SPDX-License-Identifier: Apache-2.0
#pragma once
// The page for a hidden frame of the application that tells it when the person's session at the provider
// changed (OpenID Connect Session Management 1.0, 3). The only page of ours with a script.

#include "http/head.hpp"

#include <string_view>

namespace sekisho::pages
{

struct session_watch
{
    std::string_view op_frame{};  // the provider's check_session_iframe, an address; empty: nothing to ask
    std::string_view op_origin{}; // its origin
    std::string_view question{};  // "client_id session_state"
    std::string_view state{};     // told at once where there is nothing to ask: "signed_out", "unknown"
};

// 200. Tells the page around it, of our own origin only, by postMessage:
// {"type":"sekisho.session","state":"changed"|"error"|"signed_out"|"unknown"}. `nonce` is fresh for each
// answer, in base64url: no other script runs.
http::response check_session_page(const session_watch& what, std::string_view nonce);

} // namespace sekisho::pages
