// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which sign-ins have been answered already: a code is redeemed once, even when the browser sends the
// callback twice.

#include "oidc/names.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_set>

namespace sekisho::gateway
{

// Shared by all workers (guarded by a mutex; once per sign-in). Only states whose sealed cookie opened get
// here, so nobody else can fill it; bounded all the same, the oldest go.
class used_sign_ins
{
public:
    explicit used_sign_ins(std::size_t capacity = 16'384) : capacity_(capacity) {}

    enum class claim : std::uint8_t
    {
        first,
        repeated,
    };
    // first: the caller, and nobody else, may go on with this sign-in.
    claim take(const oidc::state& state);

private:
    std::size_t capacity_;
    std::mutex mutex_;
    std::unordered_set<std::string> states_;
    std::deque<std::string> order_; // oldest first
};

} // namespace sekisho::gateway
