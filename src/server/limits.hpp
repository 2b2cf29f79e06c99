// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a client may use of us.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sekisho::server
{

struct limits
{
    std::size_t head_bytes = 64 * 1024; // request line and fields; at most a worker's slab (128 KiB)
    std::size_t head_fields = 100;      // and as many trailers
    std::uint64_t body_bytes = 0;       // 0: no limit
    std::size_t connections = 10000;    // of one listener over all workers
    std::chrono::milliseconds head_time{30000
    }; // from a connection's or request's first byte to the end of its head
    std::chrono::milliseconds body_time{60000};  // between two pieces of a request's body
    std::chrono::milliseconds idle_time{75000};  // between two requests
    std::chrono::milliseconds write_time{60000}; // until the client has taken some of what waits
};

} // namespace sekisho::server
