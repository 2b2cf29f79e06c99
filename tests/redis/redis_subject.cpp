// SPDX-License-Identifier: Apache-2.0
#include "redis/redis_subject.hpp"

#include <stdexcept>

namespace sekisho::test
{
namespace
{

std::string new_prefix()
{
    static int number = 0;
    return "test" + std::to_string(++number) + ":";
}

} // namespace

net::redis_configuration redis_at(const std::vector<std::string>& addresses)
{
    net::redis_configuration made;
    for (const auto& each : addresses)
        made.addresses.push_back(net::parse_redis_address(each).value());
    made.access.connect_time = std::chrono::milliseconds(1000);
    made.access.command_time = std::chrono::milliseconds(1000);
    return made;
}

redis_subject::redis_subject(net::redis_configuration with, waits how)
    : prefix_(new_prefix()), here_(control_.worker(), {with, prefix_}),
      there_(control_.worker(), {with, prefix_})
{
    here_.listen(
        {.message =
             [this](const std::string& text)
         {
             const std::scoped_lock lock(mutex_);
             heard_.push_back(text);
             changed_.notify_all();
         },
         .gap = [this] { ++gaps_; }}
    );
    here_.start();
    there_.start();
    if (how == waits::for_nothing)
        return;
    const auto is_ready = [this]
    { return here_.state().is_usable && there_.state().is_usable && gaps_ != 0; };
    if (!eventually(is_ready))
        throw std::runtime_error("Redis is not usable: " + here_.state().last_error);
}

void redis_subject::outlive()
{
    // Begun after all others, it ends after them.
    const auto begun = run(here_.put("outlived", {1, "x"}, short_life(), session::put_when::absent_or_newer));
    if (!begun || !eventually([this] { return get("outlived") == "(none)"; }))
        throw std::runtime_error("Redis: a short life does not end");
}

std::vector<std::string> redis_subject::heard(std::size_t count)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(5), [&] { return heard_.size() >= count; });
    return heard_;
}

std::string redis_subject::get(const std::string& name)
{
    const auto got = run(here_.get(name));
    if (!got)
        return got.error().detail;
    return *got ? (*got)->value : "(none)";
}

std::string redis_subject::put(const std::string& name, std::uint64_t version, const std::string& value)
{
    const auto put =
        run(here_.put(name, {version, value}, std::chrono::hours(1), session::put_when::absent_or_newer));
    if (!put)
        return put.error().detail;
    return *put ? "put" : "not put";
}

} // namespace sekisho::test
