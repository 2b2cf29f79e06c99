// SPDX-License-Identifier: Apache-2.0
#pragma once
// Real Redis servers on free ports of the loopback address, in directories of their own, gone with the test.

#include "support/temporary_directory.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace sekisho::test
{

// Whether it becomes so within this time; asked again and again.
bool eventually(
    const std::function<bool()>& condition, std::chrono::milliseconds within = std::chrono::seconds(10)
);

// Outside of the range that the system gives to outgoing connections.
std::uint16_t free_port();

class redis_server
{
public:
    // `configuration`: further lines of redis.conf; "{dir}" is its directory. "port" is there already, with
    // "tls" as the port of TLS instead. Throws when it does not come up.
    enum class listens : std::uint8_t
    {
        plainly,
        with_tls,
        as_sentinel,
    };
    explicit redis_server(std::vector<std::string> configuration = {}, listens how = listens::plainly);
    ~redis_server();
    redis_server(const redis_server&) = delete;
    redis_server& operator=(const redis_server&) = delete;

    std::uint16_t port() const { return port_; }
    std::string address(const std::string& scheme = "redis") const
    {
        return scheme + "://127.0.0.1:" + std::to_string(port_);
    }
    std::string file(const std::string& name) const { return directory_.file(name); }

    void kill();  // at once, as a crash does; it has gone when this returns
    void start(); // again, with what it kept; it answers when this returns
    void pause(); // SIGSTOP
    void resume();

    // What redis-cli prints.
    std::string cli(const std::string& command) const;

private:
    bool answers() const;

    temporary_directory directory_;
    std::uint16_t port_;
    listens how_;
    pid_t process_ = -1;
};

} // namespace sekisho::test
