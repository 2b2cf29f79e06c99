// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much room forms may take that wait for a sign-in: nobody needs to be signed in to send one.

#include "base/time.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace sekisho::gateway
{

struct form_room_rules
{
    std::size_t per_client = 8 * 1024 * 1024; // bytes of one address
    std::size_t in_all = 64 * 1024 * 1024;
};

// Any thread. Room is given back at the end of the form's life, sent or not.
class form_room
{
public:
    explicit form_room(const form_room_rules& by = {}) : by_(by) {}

    // false: there is no room for so many bytes, and nothing was taken. A small form counts as 1 KiB.
    bool take(std::string_view client, std::size_t bytes, time_point until, time_point now);

private:
    struct taken
    {
        std::string client;
        std::size_t bytes;
        time_point until;
    };
    void drop_old(time_point now);

    form_room_rules by_;
    std::mutex mutex_;
    std::deque<taken> all_; // in the order they were taken
    std::map<std::string, std::size_t, std::less<>> by_client_;
    std::size_t total_ = 0;
};

} // namespace sekisho::gateway
