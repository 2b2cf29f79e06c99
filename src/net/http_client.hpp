// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the gate calls the provider: one request, one bounded answer.

#include "base/result.hpp"
#include "base/url.hpp"
#include "http/fields.hpp"
#include "net/task.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace sekisho::net
{

struct outgoing_request
{
    std::string method = "GET";
    url target;
    http::owned_fields fields;            // without Host and framing
    std::string body;                     // empty: none
    std::chrono::milliseconds timeout{0}; // for all of the call; 0: the client's own
};

struct incoming_response
{
    int status = 0;
    http::owned_fields fields;
    std::string body;
};

class http_client
{
public:
    virtual ~http_client() = default;
    // Follows no redirect. Errors: network_failure (name, connection, proxy, TLS; the detail says which),
    // network_timeout, value_too_large (answer above the limit), value_malformed (not HTTP).
    virtual task<result<incoming_response>> send(outgoing_request request) = 0;
};

} // namespace sekisho::net
