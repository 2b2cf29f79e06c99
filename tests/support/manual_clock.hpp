// SPDX-License-Identifier: Apache-2.0
#pragma once
// A steady clock that stands still until a test moves it. One thread.

#include <chrono>
#include <functional>

namespace sekisho::test
{

class manual_clock
{
public:
    void advance(std::chrono::milliseconds by) { now_ += by; }
    // Refers to this clock.
    std::function<std::chrono::steady_clock::time_point()> steady()
    {
        return [this] { return now_; };
    }

private:
    std::chrono::steady_clock::time_point now_{std::chrono::hours(1000)};
};

} // namespace sekisho::test
