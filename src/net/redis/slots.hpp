// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which node of a cluster keeps a key, and what the nodes say about it (Redis cluster specification).

#include "net/redis/address.hpp"
#include "net/redis/resp.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net
{

inline constexpr std::uint16_t redis_slot_count = 16384;

// CRC16 (XMODEM) of the key, or of what is between its first braces if that is not empty, modulo 16384.
std::uint16_t redis_slot(std::string_view key);

struct redis_redirection
{
    enum class kind : std::uint8_t
    {
        moved, // for good
        ask,   // this once, behind ASKING
    };
    kind what = kind::moved;
    std::uint16_t slot = 0;
    redis_address to;
};

// "MOVED 3999 127.0.0.1:6381", "ASK 3999 ::1:6381". `answered`: who said so; its host is meant when none is
// given, and its way is kept. nullopt: the reply is no redirection.
std::optional<redis_redirection> read_redirection(const redis_reply& reply, const redis_address& answered);

// The masters of a cluster and their slots.
class redis_slot_map
{
public:
    // The answer to CLUSTER SLOTS of this node. nullopt: it is none, or names no master.
    static std::optional<redis_slot_map> read(const redis_reply& reply, const redis_address& answered);

    // nullptr: nobody is known to keep it.
    const redis_address* owner(std::uint16_t slot) const;
    void move(std::uint16_t slot, const redis_address& to);
    // Each once.
    std::vector<redis_address> masters() const;
    // Whether every slot has an owner.
    bool is_complete() const;
    bool is_empty() const noexcept { return ranges_.empty(); }

private:
    struct range
    {
        std::uint16_t last = 0;
        redis_address owner;
    };
    std::map<std::uint16_t, range> ranges_; // by the first slot
};

} // namespace sekisho::net
