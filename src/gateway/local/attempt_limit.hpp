// SPDX-License-Identifier: Apache-2.0
#pragma once
// How often somebody may try to come in beside the provider: by address, and all together, so that neither
// one machine nor many can guess for long.

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

// Who counts against the limit of all addresses together.
enum class newcomers : std::uint8_t
{
    counted, // everybody
    spared,  // not the first try of an address: others cannot lock it out, however many they are
};

struct attempt_rules
{
    std::size_t per_client = 5; // tries within `window`
    std::size_t in_all = 30;
    std::chrono::seconds window = std::chrono::minutes(1);
    newcomers first_tries = newcomers::counted;
};

// Any thread. Remembers a bounded number of addresses; an IPv6 network of 64 bits is one.
class attempt_limit
{
public:
    explicit attempt_limit(const attempt_rules& by) : by_(by) {}

    // Takes a try. nullopt: go on; otherwise nothing was taken, and this is how long to wait, at least a
    // second.
    std::optional<std::chrono::seconds> take(std::string_view client, time_point now);
    // It was no guess: the tries of this address are forgotten.
    void forgive(std::string_view client);

private:
    using tries = std::deque<time_point>; // oldest first

    bool is_full(const tries& of, std::size_t limit) const { return of.size() >= limit; }
    void drop_old(time_point now);

    attempt_rules by_;
    std::mutex mutex_;
    std::map<std::string, tries, std::less<>> by_client_;
    tries all_;
};

} // namespace sekisho::gateway
