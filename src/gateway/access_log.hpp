// SPDX-License-Identifier: Apache-2.0
#pragma once
// One line per request, written into a worker's own memory and put out in batches: a line formatted by the
// logger for each request would cost more than reading its head.

#include "base/log.hpp"
#include "gateway/context.hpp"
#include "net/exchange.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

class access_log
{
public:
    explicit access_log(log::format form) : form_(form) { lines_.reserve(capacity); }
    ~access_log() { flush(); }
    access_log(const access_log&) = delete;
    access_log& operator=(const access_log&) = delete;

    // The request that has just been answered. The query is left out: it may hold what nobody should read.
    void note(const net::exchange& exchange, const context& about, std::chrono::microseconds took);
    // Puts out what has been collected; called on each turn of the worker's wheel.
    void flush();

private:
    static constexpr std::size_t capacity = 64 * 1024;

    void stamp(std::chrono::system_clock::time_point now);
    void text(std::string_view key, std::string_view value);
    void number(std::string_view key, std::int64_t value);
    void key(std::string_view name);

    log::format form_;
    std::string lines_;
    std::chrono::sys_seconds stamped_{};
    std::string second_; // "2026-11-21T21:45:00." as of stamped_
};

} // namespace sekisho::gateway
