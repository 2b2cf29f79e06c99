// SPDX-License-Identifier: Apache-2.0
#include "net/redis/sentinel.hpp"

#include "net/redis/failure.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace sekisho::net
{
namespace
{

task<result<redis_address>> ask(worker& home, redis_address sentinel, const sentinel_watch& watch)
{
    auto connection = co_await redis_connection::open(home, sentinel, watch.to_sentinels);
    if (!connection)
        co_return std::unexpected(connection.error());
    auto reply = co_await (*connection)->call({"SENTINEL", "get-master-addr-by-name", watch.master});
    (*connection)->break_off({errc::end_of_stream, "redis", {}});
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return read_master(*reply, sentinel, watch.master);
}

// A connection to what a sentinel named, if that is a master.
task<result<redis_connection_ptr>> open_master(worker& home, redis_address named, redis_access with)
{
    auto connection = co_await redis_connection::open(home, named, with);
    if (!connection)
        co_return connection;
    auto examined = co_await examine_master(*connection);
    if (examined)
        co_return connection;
    (*connection)->break_off(examined.error());
    co_return std::unexpected((*connection)->why());
}

} // namespace

result<redis_address> read_master(const redis_reply& reply, const redis_address& asked, std::string_view name)
{
    const auto sentinel = "the sentinel " + to_text(asked);
    if (reply.is_nil())
        return fail(
            errc::network_failure,
            "redis",
            sentinel + " knows no master \"" + std::string(name) + "\": check redis.sentinel_master"
        );
    if (reply.is_error())
        return fail(errc::network_failure, "redis", sentinel + ": " + explain_redis_error(reply));
    auto made = asked;
    made.database.reset();
    if (!reply.is_list() || reply.list.size() != 2 || reply.list[0].text.empty())
        return fail(errc::network_failure, "redis", sentinel + " did not say where the master is");
    made.host = reply.list[0].text;
    const auto& port = reply.list[1].text;
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), made.port);
    if (failure != std::errc() || end != port.data() + port.size() || made.port == 0)
        return fail(errc::network_failure, "redis", sentinel + " gave a port that is none");
    return made;
}

result<void> expect_master(const redis_reply& reply)
{
    if (reply.is_error())
        return fail(errc::network_failure, "redis", explain_redis_error(reply));
    if (!reply.is_list() || reply.list.empty() || reply.list[0].text != "master")
        return fail(
            errc::network_failure,
            "redis",
            "it is no master any more, or not yet: the sentinels have not agreed on one"
        );
    return {};
}

task<result<redis_connection_ptr>> open_watched_master(worker& home, sentinel_watch watch)
{
    result<redis_connection_ptr> opened = fail(errc::network_failure, "redis", "no sentinel is configured");
    std::vector<redis_address> tried; // what one named in vain another may name too
    for (const auto& each : watch.sentinels)
    {
        auto master = co_await ask(home, each, watch);
        if (!master && tried.empty())
            opened = std::unexpected(master.error());
        if (!master || std::ranges::find(tried, *master) != tried.end())
            continue;
        tried.push_back(*master);
        opened = co_await open_master(home, *master, watch.to_master);
        if (opened)
            break;
    }
    co_return opened;
}

task<result<void>> examine_master(redis_connection_ptr connection)
{
    auto reply = co_await connection->call({"ROLE"});
    if (!reply)
        co_return std::unexpected(reply.error());
    co_return expect_master(*reply);
}

} // namespace sekisho::net
