// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every coroutine of the shell returns.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sekisho::net
{

namespace asio = boost::asio;

using executor = asio::io_context::executor_type;

// A coroutine that runs on one worker's io_context. The concrete executor saves the type erasure on each
// operation.
template <class T>
using task = asio::awaitable<T, executor>;

// Completion token: `auto [failure, size] = co_await socket.async_read_some(buffer, in_tuple);`
inline constexpr auto in_tuple = asio::as_tuple(asio::use_awaitable_t<executor>());

} // namespace sekisho::net
