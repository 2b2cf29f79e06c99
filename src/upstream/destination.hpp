// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where an application is and how we speak to it.

#include "base/url.hpp"
#include "net/tls.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

namespace sekisho::upstream
{

struct destination
{
    url address;                                 // its path is not used
    std::shared_ptr<const net::tls_context> tls; // for https; null: plain http
    std::chrono::milliseconds connect_time{5000};
    std::chrono::milliseconds response_time{60000}; // from the request's last byte to the answer's head
    std::chrono::milliseconds idle_time{300000};    // between two pieces of a body; 0: no limit
    std::chrono::milliseconds tunnel_idle_time{3600000
    }; // no byte either way through a WebSocket; 0: no limit
    std::chrono::milliseconds keep_alive{55000}; // how long an idle connection is kept; 0: none is kept
    std::size_t idle_connections = 64;           // kept by one worker
};

} // namespace sekisho::upstream
