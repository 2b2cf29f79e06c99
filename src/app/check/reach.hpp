// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho check` on the way to one provider: its addresses as they are for us, and the proxy between.

#include "app/check/finding.hpp"
#include "http/outbound_proxy.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::app
{

// What went wrong, for people.
std::string detail_of(const error& failure);

// Whose calls make a sign-in.
enum class address_use : std::uint8_t
{
    called,   // by every sign-in, from here
    elsewhere // opened by browsers, or called by nothing yet
};

struct given_address
{
    std::string_view setting; // "token_endpoint"
    url address;
    address_use use = address_use::called;
};

// The addresses of the settings but the one of the keys, which is asked for as such.
std::vector<given_address> given_addresses(const provider::configuration& what);

// Where calls to the provider go, each origin once and as it is for us.
std::vector<url> called_origins(const provider::configuration& what, const oidc::metadata* metadata);

// The back channel and the proxies, where there are any; `from_settings`: the proxies' source, for people.
check_findings judge_way(
    const provider::configuration& what,
    const oidc::metadata* metadata,
    const http::outbound_proxies& proxies,
    std::string_view source
);

struct visit
{
    check_findings found;
    http::owned_fields answer; // of the first that answered; empty: none did
    time_point before;         // when that was asked for
    time_point after;          // and when it was there
};

// A GET of each given address; any answer means that somebody is there. On the control worker; both outlive
// it.
net::task<visit> visit_addresses(const provider::configuration& what, net::http_client& http);

} // namespace sekisho::app
