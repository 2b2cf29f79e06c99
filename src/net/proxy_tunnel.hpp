// SPDX-License-Identifier: Apache-2.0
#pragma once
// A way through an HTTP proxy for bytes that it cannot read (RFC 9110, 9.3.6). Only beast_http_client
// includes this.

#include "base/result.hpp"
#include "base/url.hpp"
#include "http/outbound_proxy.hpp"
#include "net/call_connection.hpp"
#include "net/task.hpp"

#include <string>

namespace sekisho::net
{

// Asks the proxy, to which the call is connected, for a tunnel to the target. Error: network_failure, the
// detail has the status with which the proxy refuses.
task<result<void>> open_tunnel(connection_ptr call, http::outbound_proxy proxy, url target);

// Of a status with which a proxy itself answered.
std::string describe_refusal(const http::outbound_proxy& proxy, const std::string& what, int status);

} // namespace sekisho::net
