// SPDX-License-Identifier: Apache-2.0
#include "base/metric.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <list>
#include <map>
#include <stdexcept>

namespace sekisho::metric
{
namespace
{

// The samples of one kind; a list, because owners keep references. Keyed by labels.
template <class Sample>
using samples = std::map<std::string, std::list<Sample>>;

struct family
{
    std::string help;
    std::string_view type;
    samples<counter> counters;
    samples<gauge> gauges;
    samples<histogram> histograms;
};

constexpr double microseconds_per_second = 1e6;

std::string escaped(std::string_view text, std::string_view quote)
{
    std::string out;
    for (const char c : text)
        if (c == '\n')
            out.append("\\n");
        else if (c == '\\' || quote.find(c) != quote.npos)
            out.append("\\").push_back(c);
        else
            out.push_back(c);
    return out;
}

std::string braced(std::string_view labels) { return labels.empty() ? "" : fmt::format("{{{}}}", labels); }

template <class Sample>
void append_sums(std::string& out, std::string_view name, const samples<Sample>& all)
{
    for (const auto& [labels, owners] : all)
    {
        decltype(owners.front().value()) sum = 0;
        for (const auto& each : owners)
            sum += each.value();
        fmt::format_to(std::back_inserter(out), "{}{} {}\n", name, braced(labels), sum);
    }
}

void append_histogram(
    std::string& out, std::string_view name, std::string_view labels, const std::list<histogram>& owners
)
{
    const auto prefix = labels.empty() ? std::string() : fmt::format("{},", labels);
    std::uint64_t count = 0;
    for (std::size_t index = 0; index <= histogram::bounds.size(); ++index)
    {
        for (const auto& each : owners)
            count += each.bucket(index);
        const auto bound =
            index < histogram::bounds.size()
                ? fmt::format(
                      "{}", static_cast<double>(histogram::bounds.at(index)) / microseconds_per_second
                  )
                : "+Inf";
        fmt::format_to(std::back_inserter(out), "{}_bucket{{{}le=\"{}\"}} {}\n", name, prefix, bound, count);
    }
    std::uint64_t sum = 0;
    for (const auto& each : owners)
        sum += each.sum();
    const auto seconds = static_cast<double>(sum) / microseconds_per_second;
    fmt::format_to(std::back_inserter(out), "{}_sum{} {}\n", name, braced(labels), seconds);
    fmt::format_to(std::back_inserter(out), "{}_count{} {}\n", name, braced(labels), count);
}

} // namespace

struct registry::families
{
    mutable std::mutex mutex;
    std::map<std::string, family, std::less<>> by_name;

    // With the mutex held. One name has one type: anything else is a defect of the caller.
    family& of(std::string_view name, std::string_view help, std::string_view type)
    {
        auto [found, made] = by_name.try_emplace(std::string(name));
        if (made)
        {
            found->second.help = help;
            found->second.type = type;
        }
        else if (found->second.type != type)
            throw std::logic_error(fmt::format("metric {} is both {} and {}", name, found->second.type, type)
            );
        return found->second;
    }
};

void histogram::observe(std::uint64_t microseconds) noexcept
{
    const auto* const bound = std::lower_bound(bounds.begin(), bounds.end(), microseconds);
    buckets_[static_cast<std::size_t>(bound - bounds.begin())].add();
    sum_.add(microseconds);
}

registry::registry() : families_(std::make_unique<families>()) {}
registry::~registry() = default;

counter& registry::make_counter(std::string_view name, std::string_view help, std::string labels)
{
    const std::lock_guard lock(families_->mutex);
    return families_->of(name, help, "counter").counters[std::move(labels)].emplace_back();
}

gauge& registry::make_gauge(std::string_view name, std::string_view help, std::string labels)
{
    const std::lock_guard lock(families_->mutex);
    return families_->of(name, help, "gauge").gauges[std::move(labels)].emplace_back();
}

histogram& registry::make_histogram(std::string_view name, std::string_view help, std::string labels)
{
    const std::lock_guard lock(families_->mutex);
    return families_->of(name, help, "histogram").histograms[std::move(labels)].emplace_back();
}

std::string registry::expose() const
{
    const std::lock_guard lock(families_->mutex);
    std::string out;
    for (const auto& [name, each] : families_->by_name)
    {
        fmt::format_to(
            std::back_inserter(out),
            "# HELP {} {}\n# TYPE {} {}\n",
            name,
            escaped(each.help, ""),
            name,
            each.type
        );
        append_sums(out, name, each.counters);
        append_sums(out, name, each.gauges);
        for (const auto& [labels, owners] : each.histograms)
            append_histogram(out, name, labels, owners);
    }
    return out;
}

std::string label(std::string_view name, std::string_view value)
{
    return fmt::format("{}=\"{}\"", name, escaped(value, "\""));
}

} // namespace sekisho::metric
