// SPDX-License-Identifier: Apache-2.0
#pragma once
// The parameters of a request to one of our endpoints: of its query, or of a form in its body.

#include "base/result.hpp"
#include "gateway/context.hpp"
#include "http/form.hpp"
#include "net/exchange.hpp"
#include "net/task.hpp"
#include "oidc/names.hpp"

#include <cstddef>

namespace sekisho::gateway
{

inline constexpr std::size_t max_form_bytes = 64 * 1024;

// GET and HEAD: the query. POST: the body, which must be application/x-www-form-urlencoded or empty; the
// query does not count then. Errors: request_malformed, request_body_too_large, and those of reading the
// body.
net::task<result<http::form>> read_parameters(net::exchange& exchange, const context& about);

oidc::parameters as_pairs(const http::form& form);

} // namespace sekisho::gateway
