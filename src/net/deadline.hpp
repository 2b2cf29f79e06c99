// SPDX-License-Identifier: Apache-2.0
#pragma once
// Time limits without a timer per operation: a wheel per worker that one timer turns.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sekisho::net
{

class deadline_wheel;

// One time limit that can be moved cheaply. When it passes, the action is called once, on the worker's
// thread.
class deadline
{
public:
    using action = void (*)(void* owner) noexcept;

    deadline(deadline_wheel& wheel, action on_expiry, void* owner) noexcept
        : wheel_(&wheel), on_expiry_(on_expiry), owner_(owner)
    {
    }
    deadline(const deadline&) = delete;
    deadline& operator=(const deadline&) = delete;
    ~deadline() { unlink(); }

    // From now on; replaces what was set. Rounded up to the wheel's tick. Zero: no limit.
    void expires_after(std::chrono::milliseconds duration) noexcept;
    void clear() noexcept { expiry_ = never; }

private:
    friend class deadline_wheel;
    static constexpr std::uint64_t never = ~std::uint64_t(0);

    void unlink() noexcept;

    deadline_wheel* wheel_;
    action on_expiry_;
    void* owner_;
    deadline* previous_ = nullptr; // linked: neighbours, the slot's anchor being represented by nullptr ends
    deadline* next_ = nullptr;
    deadline** head_ = nullptr;    // the list it is linked in; nullptr: none
    std::uint64_t expiry_ = never; // tick at which it expires
    std::uint64_t visited_at_ = 0; // tick at which its slot is looked at
};

// The wheel of one worker. Not thread-safe.
class deadline_wheel
{
public:
    static constexpr std::chrono::milliseconds tick{50};

    // Lets time pass; calls the actions of what has expired. The owner calls it once per tick.
    void turn() noexcept;

private:
    friend class deadline;
    static constexpr std::size_t slots = 2048;

    void link(deadline& node, std::uint64_t at) noexcept;

    std::array<deadline*, slots> heads_{};
    std::uint64_t now_ = 0;
};

} // namespace sekisho::net
