// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a form came from a page of ours. Pure.

#include "base/url.hpp"
#include "http/head.hpp"

namespace sekisho::gateway
{

// Browsers send Sec-Fetch-Site to https and to loopback only; Origin goes with every POST.
bool is_from_our_origin(const http::request_head& head, const url& origin);

} // namespace sekisho::gateway
