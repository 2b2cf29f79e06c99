// SPDX-License-Identifier: Apache-2.0
#include "net/redis/failure.hpp"

#include <array>
#include <string_view>

namespace sekisho::net
{
namespace
{

struct meaning
{
    std::string_view code; // the first word
    std::string_view what;
    std::string_view remedy;
};

constexpr std::array meanings{
    meaning{"NOAUTH", "Redis wants a password", "set redis.password, and redis.username for an ACL user"},
    meaning{"WRONGPASS", "Redis refuses the user or the password", "check redis.username and redis.password"},
    meaning{
        "NOPERM",
        "the ACL user may not do that",
        "allow it the commands and the keys that docs/redis.md lists"
    },
    meaning{"LOADING", "Redis is starting and still reads its data", "wait; the gate tries again"},
    meaning{
        "CLUSTERDOWN",
        "the cluster has slots that nobody keeps",
        "look at the nodes with redis-cli --cluster check"
    },
    meaning{
        "OOM",
        "Redis has reached its maxmemory",
        "give it more; with an eviction policy locks and notes would go before old sessions"
    },
    meaning{
        "READONLY",
        "this Redis is a replica and takes no changes",
        "let redis.url name the master, or use redis.kind sentinel"
    },
    meaning{
        "MASTERDOWN",
        "this Redis is a replica that has lost its master",
        "let redis.url name the master, or use redis.kind sentinel"
    },
    meaning{
        "MISCONF",
        "Redis cannot write its data to disk and so takes no changes",
        "look at its log and its disk"
    },
    meaning{
        "NOREPLICAS",
        "Redis takes no changes while too few replicas follow it",
        "look at the replicas, or at min-replicas-to-write"
    },
    meaning{"BUSY", "a script of somebody else occupies Redis", "look at it with redis-cli"},
    meaning{
        "MOVED",
        "this Redis is a node of a cluster, and another one keeps the key",
        "set redis.kind to cluster"
    },
    meaning{"ASK", "this Redis is a node of a cluster that moves slots", "set redis.kind to cluster"},
    meaning{
        "WRONGTYPE",
        "somebody else keeps other things under our names",
        "give the gate a redis.key_prefix of its own"
    },
    meaning{"IDONTKNOW", "the sentinel does not know that master", "check redis.sentinel_master"},
    meaning{"TRYAGAIN", "the cluster moves a slot", "wait; the gate tries again"},
    meaning{"DENIED", "Redis is in protected mode", "give it a password, or bind it to this network only"},
};

// What is known by other words than the first.
struct phrase
{
    std::string_view part;
    std::string_view remedy;
};

constexpr std::array phrases{
    phrase{"without any password configured", "Redis has no password for that user: unset redis.password"},
    phrase{"invalid password", "check redis.password"},
    phrase{"DB index is out of range", "this Redis has no database of that number: check redis.url"},
    phrase{"SELECT is not allowed in cluster mode", "a cluster has database 0 only: check redis.url"},
    phrase{"max number of clients reached", "raise maxclients of Redis"},
    phrase{"cluster support disabled", "this Redis is no cluster: set redis.kind to standalone"},
    phrase{"unknown command", "this server is too old or not a Redis: version 5 or newer is needed"},
};

constexpr std::size_t longest_quote = 200;

} // namespace

bool says(const redis_reply& reply, std::string_view code)
{
    if (reply.is_error(code))
        return true;
    return reply.is_error("ERR") && reply.text.contains("running script") &&
           reply.text.contains(": " + std::string(code) + " ");
}

std::string explain_redis_error(const redis_reply& reply)
{
    const auto said = "\"" + reply.text.substr(0, longest_quote) + "\"";
    for (const auto& each : meanings)
        if (says(reply, each.code))
            return std::string(each.what).append(" (").append(said).append("): ").append(each.remedy);
    for (const auto& each : phrases)
        if (reply.text.contains(each.part))
            return "Redis refuses (" + said + "): " + std::string(each.remedy);
    return "Redis refuses: " + said;
}

} // namespace sekisho::net
