// SPDX-License-Identifier: Apache-2.0
#pragma once
// The application's own sign-out, when it keeps sessions of its own (session.application_sign_out).

#include "base/result.hpp"
#include "base/url.hpp"
#include "gateway/context.hpp"
#include "http/fields.hpp"
#include "net/exchange.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "session/jar.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace sekisho::gateway
{

// A client for one call, on this executor.
using client_maker = std::function<result<std::unique_ptr<net::http_client>>(net::executor)>;

// Immutable; may be shared between threads.
struct application_sign_out
{
    std::string landing; // where the browser goes at the end of a sign-out; empty: nowhere in particular
    std::optional<url> called; // what we ask for ourselves, as the person; nullopt: nothing
    client_maker make_client;
};

// The person's request to `called`: their cookies without ours, and who they are. Pure.
net::outgoing_request application_call(
    const url& called, const http::request_head& head, const context& about, const session::jar& ours
);

// Before anything ends. Nothing is asked without a session; a failure is logged, and signing out goes on.
net::task<void> sign_out_of_application(
    const application_sign_out& how,
    const net::exchange& exchange,
    const context& about,
    const session::jar& ours
);

} // namespace sekisho::gateway
