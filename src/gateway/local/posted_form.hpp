// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the endpoints share that let people in by a form of their own: how it comes back, and what follows.

#include "base/result.hpp"
#include "base/url.hpp"
#include "gateway/context.hpp"
#include "http/form.hpp"
#include "net/exchange.hpp"
#include "net/task.hpp"

#include <chrono>
#include <string_view>

namespace sekisho::gateway
{

// The fields of a form that was posted from a page of this origin. `where` is a literal. Errors:
// cross_site_refused, for which the body is not read and the connection closes, and those of read_parameters.
net::task<result<http::form>>
read_own_form(net::exchange& exchange, const context& about, url origin, std::string_view where);

// too_many_attempts.
error come_back_in(std::chrono::seconds wait, std::string_view where);

// A connection that does not take the answer is closed.
net::task<void> deliver(net::exchange& exchange, const http::response& answer);

} // namespace sekisho::gateway
