// SPDX-License-Identifier: Apache-2.0
#pragma once
// Two replicas' shelves on one Redis, each as if nobody else used it.

#include "contract/shelf_contract.hpp"
#include "net/worker.hpp"
#include "redis/redis_server.hpp"
#include "session/redis_shelf.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sekisho::test
{

// The worker where connections live, on a thread of its own.
class control_thread
{
public:
    control_thread() : thread_([this] { worker_.run(); }) {}
    ~control_thread()
    {
        worker_.stop();
        thread_.join();
        worker_.abandon();
    }
    control_thread(const control_thread&) = delete;
    control_thread& operator=(const control_thread&) = delete;

    net::worker& worker() { return worker_; }

private:
    net::worker worker_;
    std::thread thread_;
};

// A client of these addresses, which waits for nothing long.
net::redis_configuration redis_at(const std::vector<std::string>& addresses);

class redis_subject final : public shelf_subject
{
public:
    enum class waits : std::uint8_t
    {
        until_usable,
        for_nothing,
    };
    explicit redis_subject(net::redis_configuration with, waits how = waits::until_usable);

    session::redis_shelf& here() override { return here_; }
    session::redis_shelf& there() override { return there_; }
    std::chrono::milliseconds short_life() const override { return std::chrono::milliseconds(250); }
    void outlive() override;
    std::vector<std::string> heard(std::size_t count) override;

    int gaps() const { return gaps_; }
    const std::string& prefix() const { return prefix_; }
    // "ok", or the detail of why not.
    std::string get(const std::string& name);
    std::string put(const std::string& name, std::uint64_t version, const std::string& value);

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> heard_;
    std::atomic<int> gaps_ = 0;
    std::string prefix_;
    control_thread control_;
    session::redis_shelf here_;
    session::redis_shelf there_;
};

} // namespace sekisho::test
