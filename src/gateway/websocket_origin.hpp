// SPDX-License-Identifier: Apache-2.0
#pragma once
// Browsers let any page open a WebSocket anywhere, with cookies: only pages of our own host may (RFC
// 6455, 10.2).

#include "base/result.hpp"
#include "base/url.hpp"
#include "gateway/context.hpp"
#include "http/fields.hpp"

#include <optional>
#include <span>

namespace sekisho::gateway
{

// Programs send no Origin and are let through. Error: websocket_origin_refused for any other origin than the
// one this request was sent to and `public_url` (behind a proxy that is not trusted, the request's scheme is
// not the browser's), several Origin fields, or "null".
result<void> check_websocket_origin(
    std::span<const http::field> fields, const context& about, const std::optional<url>& public_url = {}
);

} // namespace sekisho::gateway
