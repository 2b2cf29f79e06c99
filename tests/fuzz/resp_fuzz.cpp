// link: net
// SPDX-License-Identifier: Apache-2.0
// Replies of Redis say the same whether their bytes arrive at once or one by one, and stay within the limits;
// what the other parsers of replies make of them does not matter, but they come back.
#include "net/redis/failure.hpp"
#include "net/redis/resp.hpp"
#include "net/redis/slots.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace
{

using namespace sekisho;

constexpr net::resp_limits limits{4096, 64};

struct outcome
{
    std::vector<net::redis_reply> replies;
    bool is_refused = false;
};

outcome read(std::span<const char> all, std::size_t step)
{
    outcome made;
    net::resp_reader reader(limits);
    while (!all.empty() && !made.is_refused)
    {
        const auto piece = all.first(std::min(step, all.size()));
        all = all.subspan(piece.size());
        made.is_refused = !reader.feed(piece);
        while (!made.is_refused)
        {
            auto next = reader.next();
            made.is_refused = !next;
            if (!next || !*next)
                break;
            made.replies.push_back(std::move(**next));
        }
    }
    return made;
}

std::size_t size_of(const net::redis_reply& reply)
{
    auto size = reply.text.size();
    for (const auto& each : reply.list)
        size += size_of(each);
    return size;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span<const char> all(reinterpret_cast<const char*>(data), size);
    if (size > limits.bytes)
        return 0;
    const auto at_once = read(all, size + 1);
    const auto slowly = read(all, 1);
    if (at_once.replies != slowly.replies || at_once.is_refused != slowly.is_refused)
        std::abort();
    const net::redis_address asked{.host = "node", .path = {}, .database = {}};
    for (const auto& each : at_once.replies)
    {
        if (size_of(each) > limits.bytes)
            std::abort();
        const auto where = net::read_redirection(each, asked);
        if (where && where->slot >= net::redis_slot_count)
            std::abort();
        const auto slots = net::redis_slot_map::read(each, asked);
        if (slots && slots->masters().empty())
            std::abort();
        if (net::explain_redis_error(each).size() > 600)
            std::abort();
    }
    return 0;
}
