// SPDX-License-Identifier: Apache-2.0
#pragma once
// What redis_shelf says to Redis, and what the answers mean. Pure.

#include "net/redis/script.hpp"
#include "session/shelf.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::session::redis
{

// Most members that are told of a set.
inline constexpr std::size_t most_members = 100'000;
// Members in one part of a set: an answer of some hundred kilobytes.
inline constexpr std::size_t page_size = 1000;

net::redis_command get(std::string key);
// Said again, it also succeeds when exactly this is there.
net::redis_command put(std::string key, const shelved& what, std::chrono::milliseconds life, put_when when);
net::redis_command take(std::string key);
net::redis_command take_own(std::string key, const std::string& value);
net::redis_command add_member(std::string key, const std::string& member, std::chrono::milliseconds life);
net::redis_command remove_member(std::string key, const std::string& member);
net::redis_command members(std::string key);
net::redis_command members_from(std::string key, const std::string& from);
net::redis_command publish(std::string channel, std::string message);

// Each: what the answer says. Error: session_store_unavailable, for an error reply with what it means and
// what to do.
result<std::optional<shelved>> read_shelved(const net::redis_reply& reply);
result<bool> read_flag(const net::redis_reply& reply);
result<std::vector<std::string>> read_members(net::redis_reply reply);
result<member_page> read_page(net::redis_reply reply);
result<void> read_done(const net::redis_reply& reply);

} // namespace sekisho::session::redis
