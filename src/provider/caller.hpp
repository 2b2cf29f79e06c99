// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every call to a provider goes through here: sent to where it is for us, timed, counted and logged by name,
// status and duration. Bodies are never logged.

#include "base/metric.hpp"
#include "base/result.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "provider/configuration.hpp"
#include "provider/services.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::provider
{

enum class call : std::uint8_t
{
    metadata,
    keys,
    token,
    userinfo,
    claim_source, // where a distributed claim is
    refresh,      // the token endpoint again
    revocation,
    pushed_request, // RFC 9126
    directory,      // groups and people, by src/directory
    registration,   // RFC 7591 and 7592
    count_,         // not a call: how many there are
};

class caller
{
public:
    // Makes its samples: sekisho_provider_calls_total{provider,call,outcome} and
    // sekisho_provider_call_duration_seconds. `what` outlives it.
    caller(const configuration& what, const services& with);
    // The same for calls to what only belongs to a provider: addresses and times are the request's own.
    caller(std::string provider_name, const services& with);

    // On `home`. Sends once, never again, to the provider's back channel if it has one and with the call's
    // time-out unless the request has its own. Errors: as net::http_client::send.
    net::task<result<net::incoming_response>> send(call what, net::outgoing_request request);

    const std::string& provider_name() const noexcept { return name_; }
    // Where a call to this address goes.
    url address_for_us(const url& address) const;

private:
    void note(call what, std::chrono::microseconds took, const result<net::incoming_response>& answer) const;

    struct samples
    {
        metric::counter* ok = nullptr;      // status 200 to 299
        metric::counter* refused = nullptr; // any other status
        metric::counter* failed = nullptr;  // no answer
        metric::histogram* duration = nullptr;
    };

    std::string name_;
    const configuration* what_ = nullptr; // null: it has none
    const services& with_;
    std::array<samples, static_cast<std::size_t>(call::count_)> samples_;
};

// The first field of that name; empty: there is none.
std::string_view field_of(const net::incoming_response& answer, std::string_view name) noexcept;
// All of that name, with commas between (RFC 9110, 5.3); empty: there is none.
std::string fields_of(const net::incoming_response& answer, std::string_view name);

// A failed call with the meaning it has for the sign-in: "token_endpoint: timed out after 10s".
error translated(const error& cause, errc meaning, std::string_view where);

} // namespace sekisho::provider
