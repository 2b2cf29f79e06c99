// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a Redis or Valkey server is, as people write it: "redis://host:6379/0", "rediss://host", or
// "unix:///run/redis.sock?db=1".

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::net
{

struct redis_address
{
    enum class way : std::uint8_t
    {
        tcp,
        tls,
        unix_socket,
    };

    way by = way::tcp;
    std::string host;                      // an IPv6 address without brackets; empty for a socket
    std::uint16_t port = 6379;             // not for a socket
    std::string path;                      // of a socket
    std::optional<std::uint32_t> database; // nullopt: not said, which is 0

    friend bool operator==(const redis_address&, const redis_address&) = default;
};

// Error: value_malformed; the detail says what is wrong and what to write instead, and never repeats a
// password.
result<redis_address> parse_redis_address(std::string_view text);

// "host:6379", "[::1]:6379" or "/run/redis.sock", for people.
std::string to_text(const redis_address& address);

} // namespace sekisho::net
