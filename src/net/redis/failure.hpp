// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an error reply of Redis means, in words with what to do about it.

#include "net/redis/resp.hpp"

#include <string>
#include <string_view>

namespace sekisho::net
{

// "Redis refuses the password (WRONGPASS …): check redis.username and redis.password". The server's own words
// are kept, at most 200 characters of them.
std::string explain_redis_error(const redis_reply& reply);

// Whether it is an error of this code, said to us or to a script of ours (Redis before 7 wraps that).
bool says(const redis_reply& reply, std::string_view code);

} // namespace sekisho::net
