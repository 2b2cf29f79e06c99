// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who the client is when proxies stand in front of us: believed only from proxies that are named (default:
// none).

#include "base/result.hpp"
#include "http/address.hpp"
#include "http/fields.hpp"
#include "http/head_writer.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sekisho::http
{

// Which fields a trusted proxy speaks. One only: a proxy that writes one kind passes the client's other kind
// through.
enum class forwarded_style : std::uint8_t
{
    x_forwarded, // X-Forwarded-For, -Proto, -Host
    rfc7239,     // Forwarded
};

enum class scheme : std::uint8_t
{
    http,
    https,
};

std::string_view to_text(scheme value) noexcept;

// The proxies that are believed.
struct trusted_proxies
{
    std::vector<cidr> networks; // empty: nobody is believed
    forwarded_style style = forwarded_style::x_forwarded;

    bool trust(const address& peer) const noexcept;
    // Whether any network holds a whole address family: worth a warning at start.
    bool trust_everybody() const noexcept;

    // "10.0.0.0/8, ::1". Error: value_malformed with the entry that is wrong.
    static result<trusted_proxies> parse(std::string_view comma_separated);
};

// What the connection itself says, before any field is believed.
struct connection_facts
{
    address peer;
    scheme transport = scheme::http;
    std::string_view host; // value of the Host field
};

// Who sent the request and which address the browser shows.
struct client_facts
{
    address client;
    scheme transport = scheme::http;
    std::string_view host; // views the fields or the facts it came from
    bool is_peer_trusted = false;
    bool is_chain_trusted = false; // the peer's X-Forwarded-For is passed on
};

// Walks the chain from the right and stops at the first address that is not trusted, which is the client; an
// entry that cannot be read ends the walk. X-Forwarded-Proto and -Host: the last value. Does not allocate,
// cannot fail: what is not well-formed is not believed.
client_facts resolve_client(
    std::span<const field> fields, const connection_facts& connection, const trusted_proxies& proxies
) noexcept;

// What becomes of a request field on its way to the application. Every spelling counts (http/field_name.hpp).
enum class forwarding_field : std::uint8_t
{
    none,      // has nothing to do with forwarding
    rewritten, // dropped always: write_forwarding writes ours, and Forwarded is not passed on
    claim, // another claim about the client (X-Forwarded-Prefix, X-Real-IP, ...): dropped unless the peer is
           // trusted
};

forwarding_field classify_forwarding(std::string_view name) noexcept;

// Writes X-Forwarded-For (the chain of a trusted peer with the peer appended, else the peer alone),
// X-Forwarded-Proto and X-Forwarded-Host.
void write_forwarding(
    flat_writer& head,
    std::span<const field> fields,
    const connection_facts& connection,
    const client_facts& client
) noexcept;

} // namespace sekisho::http
