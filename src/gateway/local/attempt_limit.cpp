// SPDX-License-Identifier: Apache-2.0
#include "gateway/local/attempt_limit.hpp"

#include "http/address.hpp"

#include <algorithm>

namespace sekisho::gateway
{
namespace
{

constexpr std::size_t most_clients = 4096;

// Whoever has one address of an IPv6 network has all of it.
std::string network_of(std::string_view client)
{
    const auto address = http::address::read(client);
    if (!address || address->is_v4())
        return std::string(client);
    const auto& bytes = address->bytes();
    return std::string(bytes.begin(), bytes.begin() + 8);
}

} // namespace

void attempt_limit::drop_old(time_point now)
{
    const auto drop = [&](tries& of)
    {
        while (!of.empty() && of.front() + by_.window <= now)
            of.pop_front();
    };
    drop(all_);
    for (auto& [network, of] : by_client_)
        drop(of);
    std::erase_if(by_client_, [](const auto& each) { return each.second.empty(); });
}

std::optional<std::chrono::seconds> attempt_limit::take(std::string_view client, time_point now)
{
    const std::lock_guard lock(mutex_);
    drop_old(now);
    const auto network = network_of(client);
    const auto known = by_client_.find(network);
    const auto wait_for = [&](const tries& of)
    { return std::max(std::chrono::seconds(1), std::chrono::seconds(of.front() + by_.window - now)); };
    if (known != by_client_.end() && is_full(known->second, by_.per_client))
        return wait_for(known->second);
    // While no more addresses can be remembered nobody is known to be new.
    const auto has_room = by_client_.size() < most_clients;
    const auto is_spared = by_.first_tries == newcomers::spared && known == by_client_.end() && has_room;
    if (!is_spared && is_full(all_, by_.in_all))
        return wait_for(all_);
    if (known != by_client_.end())
        known->second.push_back(now);
    else if (has_room)
        by_client_.emplace(network, tries{now});
    if (!is_full(all_, by_.in_all))
        all_.push_back(now);
    return std::nullopt;
}

void attempt_limit::forgive(std::string_view client)
{
    const std::lock_guard lock(mutex_);
    by_client_.erase(network_of(client));
}

} // namespace sekisho::gateway
