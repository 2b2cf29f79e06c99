// SPDX-License-Identifier: Apache-2.0
#include "net/redis/slots.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sekisho::net
{
namespace
{

std::uint16_t crc16(std::string_view text)
{
    unsigned crc = 0;
    for (const auto each : text)
    {
        crc ^= static_cast<unsigned>(static_cast<unsigned char>(each)) << 8;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc << 1) ^ ((crc & 0x8000) != 0 ? 0x1021U : 0U);
        crc &= 0xffff;
    }
    return static_cast<std::uint16_t>(crc);
}

template <class Number>
std::optional<Number> whole_number(std::string_view text)
{
    Number made = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), made);
    if (failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return made;
}

// A node whose host is not known to the others, or not told, is on the host that answered.
redis_address node_at(std::string_view host, std::uint16_t port, const redis_address& answered)
{
    auto made = answered;
    made.database.reset();
    if (!host.empty() && host != "?")
        made.host = host;
    made.port = port;
    return made;
}

struct slot_range
{
    std::uint16_t first = 0;
    std::uint16_t last = 0;
    redis_address owner;
};

// [first, last, [host, port, id, …], replicas…]
std::optional<slot_range> read_range(const redis_reply& entry, const redis_address& answered)
{
    if (entry.list.size() < 3 || !entry.list[0].is_number() || !entry.list[1].is_number())
        return std::nullopt;
    const auto first = entry.list[0].number;
    const auto last = entry.list[1].number;
    const auto& master = entry.list[2].list;
    if (first < 0 || last < first || last >= redis_slot_count || master.size() < 2)
        return std::nullopt;
    const auto port = master[1].number;
    if ((!master[0].is_text() && !master[0].is_nil()) || port < 1 || port > 65535)
        return std::nullopt;
    return slot_range{
        static_cast<std::uint16_t>(first),
        static_cast<std::uint16_t>(last),
        node_at(master[0].text, static_cast<std::uint16_t>(port), answered)
    };
}

} // namespace

std::uint16_t redis_slot(std::string_view key)
{
    const auto open = key.find('{');
    if (open != std::string_view::npos)
    {
        const auto close = key.find('}', open + 1);
        if (close != std::string_view::npos && close > open + 1)
            key = key.substr(open + 1, close - open - 1);
    }
    return crc16(key) % redis_slot_count;
}

std::optional<redis_redirection> read_redirection(const redis_reply& reply, const redis_address& answered)
{
    redis_redirection made;
    made.what = reply.is_error("ASK") ? redis_redirection::kind::ask : redis_redirection::kind::moved;
    if (made.what == redis_redirection::kind::moved && !reply.is_error("MOVED"))
        return std::nullopt;
    const std::string_view text = reply.text;
    const auto first = text.find(' ');
    const auto second = first == std::string_view::npos ? first : text.find(' ', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const auto where = text.substr(second + 1);
    const auto colon = where.rfind(':'); // the host may be an IPv6 address, without brackets
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto slot = whole_number<std::uint16_t>(text.substr(first + 1, second - first - 1));
    const auto port = whole_number<std::uint16_t>(where.substr(colon + 1));
    if (!slot || *slot >= redis_slot_count || !port || *port == 0)
        return std::nullopt;
    made.slot = *slot;
    made.to = node_at(where.substr(0, colon), *port, answered);
    return made;
}

std::optional<redis_slot_map> redis_slot_map::read(const redis_reply& reply, const redis_address& answered)
{
    if (!reply.is_list())
        return std::nullopt;
    redis_slot_map made;
    for (const auto& entry : reply.list)
    {
        auto each = read_range(entry, answered);
        if (!each)
            return std::nullopt;
        made.ranges_[each->first] = range{each->last, std::move(each->owner)};
    }
    if (made.is_empty())
        return std::nullopt;
    return made;
}

const redis_address* redis_slot_map::owner(std::uint16_t slot) const
{
    auto found = ranges_.upper_bound(slot);
    if (found == ranges_.begin())
        return nullptr;
    --found;
    return slot <= found->second.last ? &found->second.owner : nullptr;
}

void redis_slot_map::move(std::uint16_t slot, const redis_address& to)
{
    auto found = ranges_.upper_bound(slot);
    if (found != ranges_.begin())
    {
        --found;
        const auto first = found->first;
        auto around = found->second;
        if (slot <= around.last)
        {
            // Its range becomes what is before it and what is behind it.
            ranges_.erase(found);
            if (first < slot)
                ranges_[first] = range{static_cast<std::uint16_t>(slot - 1), around.owner};
            if (slot < around.last)
                ranges_[static_cast<std::uint16_t>(slot + 1)] = range{around.last, around.owner};
        }
    }
    ranges_[slot] = range{slot, to};
}

std::vector<redis_address> redis_slot_map::masters() const
{
    std::vector<redis_address> made;
    for (const auto& [first, each] : ranges_)
        if (std::ranges::find(made, each.owner) == made.end())
            made.push_back(each.owner);
    return made;
}

bool redis_slot_map::is_complete() const
{
    unsigned next = 0;
    for (const auto& [first, each] : ranges_)
    {
        if (first != next)
            return false;
        next = each.last + 1U;
    }
    return next == redis_slot_count;
}

} // namespace sekisho::net
