// SPDX-License-Identifier: Apache-2.0
#pragma once
// The master that sentinels watch over: who it is at the moment, and whether it still is.

#include "net/redis/node.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net
{

struct sentinel_watch
{
    std::vector<redis_address> sentinels; // at least one; they say no database
    redis_access to_sentinels;
    redis_access to_master;
    std::string master; // the name the sentinels know it by
};

// The answer to SENTINEL GET-MASTER-ADDR-BY-NAME of this sentinel, whose way (TLS or not) the master's is
// too. Error: network_failure, in words.
result<redis_address>
read_master(const redis_reply& reply, const redis_address& asked, std::string_view name);

// The answer to ROLE: an error when it is not a master's.
result<void> expect_master(const redis_reply& reply);

// A connection to the master, which says itself that it is one. The sentinels are asked in their order: one
// that does not answer, or that was cut off and names a master that is none any more, hides none of the
// others. Error: of the last master that was named, or where none was, of the last sentinel.
task<result<redis_connection_ptr>> open_watched_master(worker& home, sentinel_watch watch);

// ROLE; for redis_node.
task<result<void>> examine_master(redis_connection_ptr connection);

} // namespace sekisho::net
