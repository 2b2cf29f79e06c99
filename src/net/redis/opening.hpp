// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way to a Redis server: a name, a connection or a socket file, and TLS, together within one time limit.

#include "net/redis/address.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

#include <chrono>
#include <memory>

namespace sekisho::net
{

// To the first address of the host that answers. `tls` is for addresses that want it; the certificate must be
// the host's. On the worker's executor. Errors: network_timeout, network_failure; the detail names the server
// and what failed.
task<result<std::unique_ptr<stream>>> open_redis_stream(
    worker& home, redis_address to, std::shared_ptr<const tls_context> tls, std::chrono::milliseconds at_most
);

} // namespace sekisho::net
