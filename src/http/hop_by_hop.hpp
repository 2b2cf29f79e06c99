// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which fields belong to one connection and are not passed on (RFC 9110, 7.6.1).

#include "http/fields.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace sekisho::http
{

// What the Connection fields of one message say. Views the fields.
class connection_options
{
public:
    explicit connection_options(std::span<const field> fields) noexcept;

    bool has_close() const noexcept { return close_; }
    bool has_keep_alive() const noexcept { return keep_alive_; }
    bool has_upgrade() const noexcept { return upgrade_; }
    // Whether a token names that field. Always false for fields that no sender may take away: Host, Cookie,
    // Authorization, everything about content, forwarding and identity.
    bool names(std::string_view field_name) const noexcept;

private:
    std::span<const field> fields_;
    bool close_ = false;
    bool keep_alive_ = false;
    bool upgrade_ = false;
    bool others_ = false;
};

// Whether the connection stays open after this message (RFC 9112, 9.3).
bool is_persistent(const connection_options& options, int version) noexcept;

enum class passage : std::uint8_t
{
    forward,
    drop,
};

// Whether a field is passed on. Every spelling of the connection's own fields is dropped, Transfer-Encoding,
// TE, Trailer and Upgrade too: who forwards writes its own. Content-Length is forwarded; the framing decides
// about it.
passage classify(std::string_view field_name, const connection_options& options) noexcept;

// Whether the sender accepts trailers: TE has "trailers", the one token that may be passed on (RFC
// 9110, 10.1.4).
bool accepts_trailers(std::span<const field> fields) noexcept;

// Whether a trailer field may be passed on: not framing, routing, authentication, cookies, nor any claim
// about the client (RFC 9110, 6.5.1).
bool is_allowed_trailer(std::string_view field_name) noexcept;

// Whether this asks to switch to that protocol: Upgrade lists it and Connection lists "upgrade" (RFC
// 9110, 7.8).
bool asks_for_upgrade(std::span<const field> fields, std::string_view protocol) noexcept;

} // namespace sekisho::http
