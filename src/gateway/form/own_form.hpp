// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a form came from a page of ours, and from which of the browser's. Pure.

#include "base/error.hpp"
#include "base/result.hpp"
#include "base/url.hpp"
#include "gateway/form/cookie.hpp"
#include "http/form.hpp"
#include "http/head.hpp"

#include <string>
#include <string_view>

namespace sekisho::gateway
{

// Browsers send Sec-Fetch-Site to https and to loopback only; Origin goes with every POST.
bool is_from_our_origin(const http::request_head& head, const url& origin);

// "expected a page of https://app.example.com, received Sec-Fetch-Site "cross-site", Origin "https://…"".
std::string origin_difference(const http::request_head& head, const url& origin);

// The form that this browser was shown and that the posted fields are of. Error: `refused`, with what is
// wrong for its detail.
result<shown_form> form_shown_here(
    const form_cookie& forms,
    const http::request_head& head,
    const http::form& posted,
    time_point now,
    const error& refused
);

} // namespace sekisho::gateway
