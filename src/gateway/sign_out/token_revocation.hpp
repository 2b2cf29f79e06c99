// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tokens of a session that ends, taken back at the provider (oidc.revoke_tokens, RFC 7009).

#include "gateway/context.hpp"
#include "net/task.hpp"
#include "provider/provider.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace sekisho::gateway
{

// Runs a coroutine that nobody waits for, on this worker; the name (a literal) is for the log.
using background = std::function<void(std::string_view, net::task<void>)>;

// In the background: whoever signs out does not wait for it, and a failure is only logged. Nothing happens
// without a session, without a provider (null), or where it is not wanted.
void revoke_tokens(std::shared_ptr<provider::provider> at, const context& about, const background& later);

} // namespace sekisho::gateway
