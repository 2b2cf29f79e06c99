// SPDX-License-Identifier: Apache-2.0
#pragma once
// Redis in its kinds: with TLS, with an ACL user, watched by a sentinel, as a cluster.

#include "net/redis/client.hpp"
#include "redis/redis_server.hpp"
#include "support/test_certificates.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sekisho::test
{

// The line of redis.conf for the user "gate" with the password "pass word": what docs/redis.md says.
std::string acl_user();

// Shows a certificate for 127.0.0.1 and wants one of ours.
class secure_redis
{
public:
    secure_redis();
    net::redis_configuration configuration() const;
    const redis_server& server() const { return *server_; }
    const test_authority& authority() const { return authority_; }

private:
    test_authority authority_;
    temporary_directory files_;
    std::unique_ptr<redis_server> server_;
};

// A master with a replica, and a sentinel that knows both.
class watched_redis
{
public:
    watched_redis();
    net::redis_configuration configuration() const;

    redis_server master;
    redis_server replica;
    redis_server sentinel;
};

// Three masters that share the slots evenly, in their order.
class redis_cluster_of_three
{
public:
    redis_cluster_of_three();
    net::redis_configuration configuration() const;
    redis_server& node(std::size_t index) { return *nodes_.at(index); }
    std::string id(std::size_t index) const;

private:
    std::vector<std::unique_ptr<redis_server>> nodes_;
};

// One for all tests that leave it as it was.
redis_cluster_of_three& shared_cluster();

} // namespace sekisho::test
