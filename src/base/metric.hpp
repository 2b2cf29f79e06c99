// SPDX-License-Identifier: Apache-2.0
#pragma once
// Counters, gauges and histograms. Each worker counts into memory of its own; a scrape sums them up.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::metric
{

// Written by one thread, read by any: no locked instruction on the request's path.
class counter
{
public:
    void add(std::uint64_t amount = 1) noexcept
    {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

// As counter, but may fall.
class gauge
{
public:
    void add(std::int64_t amount) noexcept
    {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_ = 0;
};

// Latencies in microseconds, in the buckets below (and +Inf).
class histogram
{
public:
    static constexpr std::array<std::uint64_t, 14> bounds{
        100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000, 30000000
    };
    void observe(std::uint64_t microseconds) noexcept;
    std::uint64_t bucket(std::size_t index) const noexcept
    {
        return buckets_[index].value();
    } // not cumulative
    std::uint64_t sum() const noexcept { return sum_.value(); }

private:
    std::array<counter, bounds.size() + 1> buckets_;
    counter sum_;
};

// One family's samples are made once per owner (a worker) and label set and live as long as the registry.
// Thread-safe. Names follow Prometheus: "sekisho_requests_total". `labels` is the text between the braces, as
// label("code", "session_required") makes it; empty: none.
class registry
{
public:
    registry();
    ~registry();

    counter& make_counter(std::string_view name, std::string_view help, std::string labels = {});
    gauge& make_gauge(std::string_view name, std::string_view help, std::string labels = {});
    histogram& make_histogram(std::string_view name, std::string_view help, std::string labels = {});

    // The Prometheus text format 0.0.4: samples with the same name and labels are summed, histograms in
    // seconds.
    std::string expose() const;

private:
    struct families;
    std::unique_ptr<families> families_;
};

// `code="session_required"`, the value escaped.
std::string label(std::string_view name, std::string_view value);

} // namespace sekisho::metric
