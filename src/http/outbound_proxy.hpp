// SPDX-License-Identifier: Apache-2.0
#pragma once
// Through which HTTP proxy an outgoing call goes, if any.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::http
{

struct outbound_proxy
{
    url address;          // scheme http; only host and port count
    secret authorization; // of Proxy-Authorization, from the address's user and password; empty: none
};

// Reads "http://user:password@proxy.example:3128"; "http://" may be missing, and so may the port (then 80).
// User and password are percent-encoded. Error: value_malformed; the detail repeats no password.
result<outbound_proxy> parse_outbound_proxy(std::string_view text);

struct outbound_proxies
{
    std::optional<outbound_proxy> for_https; // targets with https go through here
    std::optional<outbound_proxy> for_http;
    std::string direct; // what goes without, as NO_PROXY has it; see is_direct
};

// What the variables of a process say. Error: value_malformed, `where` is the variable's name.
result<outbound_proxies>
outbound_proxies_of(std::string_view https_proxy, std::string_view http_proxy, std::string_view no_proxy);

// One setting for all targets: an address, or "off" for none. Error: value_malformed.
result<outbound_proxies> outbound_proxies_of(std::string_view setting);

// Whether a list as in NO_PROXY has the target. Its items stand apart by "," or white space: "*" is
// everything, "example.com" that host and all below it, ".example.com" and "*.example.com" those below it,
// an address is that address, "10.0.0.0/8" a network; ":8443" behind one means that port only. Addresses are
// held against a target that is an address: no name is resolved for it. What is none of these has no effect.
bool is_direct(std::string_view list, const url& target);

// nullptr: none. Never one for this very machine.
const outbound_proxy* proxy_for(const outbound_proxies& all, const url& target);

} // namespace sekisho::http
