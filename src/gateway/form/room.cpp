// SPDX-License-Identifier: Apache-2.0
#include "gateway/form/room.hpp"

#include <algorithm>

namespace sekisho::gateway
{
namespace
{

constexpr std::size_t least = 1024; // bytes, for whatever else an entry takes

} // namespace

void form_room::drop_old(time_point now)
{
    while (!all_.empty() && all_.front().until <= now)
    {
        const auto& oldest = all_.front();
        total_ -= oldest.bytes;
        if (const auto client = by_client_.find(oldest.client); client != by_client_.end())
            if ((client->second -= oldest.bytes) == 0)
                by_client_.erase(client);
        all_.pop_front();
    }
}

bool form_room::take(std::string_view client, std::size_t bytes, time_point until, time_point now)
{
    const auto wanted = std::max(bytes, least);
    const std::lock_guard lock(mutex_);
    drop_old(now);
    const auto known = by_client_.find(client);
    const auto has = known == by_client_.end() ? 0 : known->second;
    if (wanted > by_.in_all - std::min(total_, by_.in_all) ||
        wanted > by_.per_client - std::min(has, by_.per_client))
        return false;
    all_.push_back({std::string(client), wanted, until});
    by_client_[std::string(client)] = has + wanted;
    total_ += wanted;
    return true;
}

} // namespace sekisho::gateway
