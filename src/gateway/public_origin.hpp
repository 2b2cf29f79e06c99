// SPDX-License-Identifier: Apache-2.0
#pragma once
// The origin under which people reach the gate: server.public_url, else what this request says.

#include "base/result.hpp"
#include "base/url.hpp"
#include "gateway/context.hpp"

#include <optional>

namespace sekisho::gateway
{

// `configured` (server.public_url) wins; otherwise scheme and host of the request. Error: request_malformed
// when the request's host is no host.
result<url> public_origin(const std::optional<url>& configured, const context& about);

} // namespace sekisho::gateway
