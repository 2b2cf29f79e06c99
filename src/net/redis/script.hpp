// SPDX-License-Identifier: Apache-2.0
#pragma once
// A command for redis_client, Lua scripts as commands, and when a command may be sent again.

#include "net/redis/resp.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::net
{

using redis_words = std::vector<std::string>;

struct redis_command
{
    redis_words words;
    std::string key; // the one it is about; in a cluster it decides who is asked
    // What is sent instead when the connection broke behind an earlier sending, so that nobody knows whether
    // that was executed. Empty: nothing is sent again, and the caller gets the error.
    redis_words again{};
    std::string script{}; // of EVALSHA: its text, for a server that does not know it; else empty
};

// One Lua script with one key, called by its hash.
class redis_script
{
public:
    explicit redis_script(std::string text);

    // `again`: the arguments when it may have been executed before; empty: it is not sent again.
    redis_command command(std::string key, const redis_words& arguments, const redis_words& again) const;

private:
    redis_words call(std::string_view key, const redis_words& arguments) const;

    std::string text_;
    std::string hash_; // SHA-1, in hexadecimal
};

// One command on its way. Pure.
class redis_sending
{
public:
    explicit redis_sending(redis_command what) : what_(std::move(what)) {}

    const redis_command& command() const noexcept { return what_; }
    // What to send now.
    const redis_words& words() const noexcept { return what_.words; }
    // Whether words() is to be sent after this outcome: by its text what the server does not know by its
    // hash, and once in the form `again` what may have been lost with a broken connection. Never after a
    // time limit: nobody would wait for it any more.
    bool goes_again(const result<redis_reply>& outcome);

private:
    redis_command what_;
    bool was_repeated_ = false;
};

} // namespace sekisho::net
