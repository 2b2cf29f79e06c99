// SPDX-License-Identifier: Apache-2.0
#include "session/redis_scripts.hpp"

#include "net/redis/failure.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <utility>

namespace sekisho::session::redis
{
namespace
{

// Versions are decimal texts of 20 digits: Lua's numbers hold 53 bits only, and texts of one length compare
// as what they say.
constexpr std::string_view put_text = R"(
local version, value, life, when = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local there = redis.call('HMGET', KEYS[1], 'v', 'd')
if there[1] then
  if ARGV[5] == 'again' and there[1] == version and there[2] == value then return 1 end
  if when == 'absent' or there[1] >= version then return 0 end
elseif when == 'newer' then
  return 0
end
if life <= 0 then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'v', version, 'd', value)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
)";

constexpr std::string_view take_own_text = R"(
if redis.call('HGET', KEYS[1], 'd') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
)";

// The whole set leaves with its last member.
constexpr std::string_view add_text = R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local life = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
if life <= 0 then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[1], string.format('%.0f', now + life), ARGV[1])
end
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if last[2] then
  redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', tonumber(last[2])))
end
return 1
)";

constexpr std::string_view members_text = R"(
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
return redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf', 'LIMIT', 0, ARGV[1])
)";

// From behind the last member of the part before, by its end; those that end in the same millisecond are in
// the order of their names. If it has gone meanwhile, all of that millisecond again: rather twice than never.
constexpr std::string_view page_text = R"(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local from, skip = '(' .. string.format('%.0f', now), 0
if ARGV[2] ~= '' and tonumber(ARGV[2]) > now then
  from = ARGV[2]
  for index, each in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], from, from)) do
    if each == ARGV[3] then skip = index end
  end
end
return redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', skip, ARGV[1])
)";

const net::redis_script& script_of(std::string_view text)
{
    static const net::redis_script put_one{std::string(put_text)};
    static const net::redis_script take_one{std::string(take_own_text)};
    static const net::redis_script add_one{std::string(add_text)};
    static const net::redis_script list_all{std::string(members_text)};
    static const net::redis_script list_part{std::string(page_text)};
    return text == put_text        ? put_one
           : text == take_own_text ? take_one
           : text == add_text      ? add_one
           : text == page_text     ? list_part
                                   : list_all;
}

std::string padded(std::uint64_t version)
{
    const auto digits = std::to_string(version);
    return std::string(20 - digits.size(), '0') + digits;
}

std::string_view name_of(put_when when)
{
    switch (when)
    {
    case put_when::absent:
        return "absent";
    case put_when::newer:
        return "newer";
    case put_when::absent_or_newer:
        break;
    }
    return "either";
}

net::redis_command plain(std::string key, net::redis_words words)
{
    return {.words = words, .key = std::move(key), .again = words};
}

std::unexpected<error> refused(const net::redis_reply& reply)
{
    if (reply.is_error())
        return fail(errc::session_store_unavailable, "redis", net::explain_redis_error(reply));
    return fail(
        errc::session_store_unavailable,
        "redis",
        "an answer has another form than expected: does something else use the keys of redis.key_prefix?"
    );
}

} // namespace

net::redis_command get(std::string key)
{
    net::redis_words words{"HMGET", key, "v", "d"};
    return plain(std::move(key), std::move(words));
}

net::redis_command put(std::string key, const shelved& what, std::chrono::milliseconds life, put_when when)
{
    net::redis_words arguments{
        padded(what.version), what.value, std::to_string(life.count()), std::string(name_of(when)), "first"
    };
    auto again = arguments;
    again.back() = "again";
    return script_of(put_text).command(std::move(key), arguments, again);
}

net::redis_command take(std::string key)
{
    auto made = plain(key, {"DEL", key});
    made.again.clear();
    return made;
}

net::redis_command take_own(std::string key, const std::string& value)
{
    return script_of(take_own_text).command(std::move(key), {value}, {});
}

net::redis_command add_member(std::string key, const std::string& member, std::chrono::milliseconds life)
{
    const net::redis_words arguments{member, std::to_string(life.count())};
    return script_of(add_text).command(std::move(key), arguments, arguments);
}

net::redis_command remove_member(std::string key, const std::string& member)
{
    net::redis_words words{"ZREM", key, member};
    return plain(std::move(key), std::move(words));
}

net::redis_command members(std::string key)
{
    const net::redis_words arguments{std::to_string(most_members)};
    return script_of(members_text).command(std::move(key), arguments, arguments);
}

// `from` is the end of the last member and the member: "1790000000000 member".
net::redis_command members_from(std::string key, const std::string& from)
{
    const auto space = std::min(from.find(' '), from.size());
    const net::redis_words arguments{
        std::to_string(page_size), from.substr(0, space), from.substr(std::min(space + 1, from.size()))
    };
    return script_of(page_text).command(std::move(key), arguments, arguments);
}

net::redis_command publish(std::string channel, std::string message)
{
    net::redis_words words{"PUBLISH", channel, std::move(message)};
    return plain(std::move(channel), std::move(words));
}

result<std::optional<shelved>> read_shelved(const net::redis_reply& reply)
{
    if (!reply.is_list() || reply.list.size() != 2)
        return refused(reply);
    const auto& version = reply.list[0];
    if (version.is_nil() && reply.list[1].is_nil())
        return std::nullopt;
    shelved made{0, reply.list[1].text};
    const auto* end = version.text.data() + version.text.size();
    const auto [read, failure] = std::from_chars(version.text.data(), end, made.version);
    if (failure != std::errc() || read != end || !reply.list[1].is_text())
        return refused(reply);
    return made;
}

result<bool> read_flag(const net::redis_reply& reply)
{
    if (!reply.is_number())
        return refused(reply);
    return reply.number != 0;
}

result<std::vector<std::string>> read_members(net::redis_reply reply)
{
    if (!reply.is_list())
        return refused(reply);
    std::vector<std::string> made;
    made.reserve(reply.list.size());
    for (auto& each : reply.list)
        made.push_back(std::move(each.text));
    return made;
}

result<member_page> read_page(net::redis_reply reply)
{
    if (!reply.is_list() || reply.list.size() % 2 != 0)
        return refused(reply);
    member_page made;
    made.members.reserve(reply.list.size() / 2);
    for (std::size_t index = 0; index < reply.list.size(); index += 2)
        made.members.push_back(std::move(reply.list[index].text));
    if (made.members.size() >= page_size)
        made.next = reply.list.back().text + " " + made.members.back();
    return made;
}

result<void> read_done(const net::redis_reply& reply)
{
    if (reply.is_error())
        return refused(reply);
    return {};
}

} // namespace sekisho::session::redis
