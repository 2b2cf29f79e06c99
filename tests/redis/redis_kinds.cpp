// SPDX-License-Identifier: Apache-2.0
#include "redis/redis_kinds.hpp"

#include "redis/redis_subject.hpp"

#include <stdexcept>

namespace sekisho::test
{
namespace
{

void wait_for(const std::string& what, const std::function<bool()>& condition)
{
    if (!eventually(condition, std::chrono::seconds(20)))
        throw std::runtime_error("Redis: " + what);
}

std::vector<std::string> cluster_lines()
{
    return {
        "cluster-enabled yes",
        "cluster-config-file nodes.conf",
        "cluster-node-timeout 2000",
        "cluster-port " + std::to_string(free_port())
    };
}

std::string trimmed(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

} // namespace

std::string acl_user()
{
    return "user gate on \">pass word\" ~test* &test* +ping +client|setname +eval +evalsha +hmget +hget "
           "+hset "
           "+pexpire +pexpireat +del +zadd +zrem +zremrangebyscore +zrangebyscore +zrevrange +time +publish "
           "+subscribe";
}

secure_redis::secure_redis()
{
    const auto shown = authority_.issue({.addresses = {"127.0.0.1"}});
    files_.write("cert", shown.certificate_pem);
    files_.write("key", shown.key_pem);
    files_.write("ca", authority_.pem());
    server_ = std::make_unique<redis_server>(
        std::vector<std::string>{
            "tls-cert-file " + files_.file("cert"),
            "tls-key-file " + files_.file("key"),
            "tls-ca-cert-file " + files_.file("ca"),
            "tls-auth-clients yes"
        },
        redis_server::listens::with_tls
    );
}

net::redis_configuration secure_redis::configuration() const
{
    const auto ours = authority_.issue({.common_name = "gate"});
    auto made = redis_at({server_->address("rediss")});
    made.access.tls =
        net::tls_context::client(
            authority_.pem(), net::tls_context::verification::full, ours.certificate_pem, ours.key_pem
        )
            .value();
    return made;
}

watched_redis::watched_redis()
    : master({"repl-diskless-sync-delay 0"}),
      replica({"replicaof 127.0.0.1 " + std::to_string(master.port()), "repl-diskless-sync-delay 0"}),
      sentinel(
          {"sentinel monitor ours 127.0.0.1 " + std::to_string(master.port()) + " 1",
           "sentinel down-after-milliseconds ours 600",
           "sentinel failover-timeout ours 2000"},
          redis_server::listens::as_sentinel
      )
{
    wait_for("no streaming", [this] { return master.cli("info replication").contains("state=online"); });
    wait_for("no replica", [this] { return replica.cli("info replication").contains("link_status:up"); });
    wait_for(
        "unknown replica", [this] { return sentinel.cli("sentinel master ours").contains("num-slaves\n1"); }
    );
}

net::redis_configuration watched_redis::configuration() const
{
    auto made = redis_at({"redis://127.0.0.1:1", sentinel.address() + "/1"}); // one sentinel is not there
    made.what = net::redis_configuration::kind::sentinel;
    made.sentinel_master = "ours";
    return made;
}

redis_cluster_of_three::redis_cluster_of_three()
{
    std::string all;
    for (int index = 0; index < 3; ++index)
    {
        nodes_.push_back(std::make_unique<redis_server>(cluster_lines()));
        all += " 127.0.0.1:" + std::to_string(nodes_.back()->port());
    }
    const auto said = nodes_.front()->cli("--cluster create" + all + " --cluster-yes");
    for (const auto& each : nodes_)
        wait_for(
            "no cluster: " + said, [&] { return each->cli("cluster info").contains("cluster_state:ok"); }
        );
}

net::redis_configuration redis_cluster_of_three::configuration() const
{
    auto made = redis_at({"redis://127.0.0.1:1", nodes_.front()->address()}); // one node is not there
    made.what = net::redis_configuration::kind::cluster;
    return made;
}

std::string redis_cluster_of_three::id(std::size_t index) const
{
    return trimmed(nodes_.at(index)->cli("cluster myid"));
}

redis_cluster_of_three& shared_cluster()
{
    static redis_cluster_of_three one;
    return one;
}

} // namespace sekisho::test
