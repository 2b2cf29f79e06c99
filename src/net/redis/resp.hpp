// SPDX-License-Identifier: Apache-2.0
#pragma once
// The language of Redis and Valkey (RESP2) as values: commands to bytes, bytes to replies. Hides hiredis.

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace sekisho::net
{

struct redis_reply
{
    enum class kind : std::uint8_t
    {
        nil,
        text, // a status too
        number,
        error, // the server's words, in `text`
        list,
    };

    kind what = kind::nil;
    std::string text;
    std::int64_t number = 0;
    std::vector<redis_reply> list;

    bool is_nil() const noexcept { return what == kind::nil; }
    bool is_text() const noexcept { return what == kind::text; }
    bool is_number() const noexcept { return what == kind::number; }
    bool is_error() const noexcept { return what == kind::error; }
    bool is_list() const noexcept { return what == kind::list; }
    // Whether it is an error whose first word is this: "NOSCRIPT".
    bool is_error(std::string_view code) const noexcept;

    friend bool operator==(const redis_reply&, const redis_reply&) = default;
};

// A command as it goes over the wire. Words may hold any bytes.
std::string encode_command(std::span<const std::string> words);

struct resp_limits
{
    std::size_t bytes = 32 * 1024 * 1024; // of one reply, and of what is read ahead
    std::size_t elements = 200'000;       // of one reply, all its lists together
};

// Takes bytes as they come and gives replies in order. Lists in lists go at most seven deep. Errors of both
// verbs: value_malformed (not RESP2), value_too_large; nothing can be read any more then.
class resp_reader
{
public:
    explicit resp_reader(resp_limits limits = {});
    ~resp_reader();
    resp_reader(const resp_reader&) = delete;
    resp_reader& operator=(const resp_reader&) = delete;

    result<void> feed(std::span<const char> bytes);
    // nullopt: more bytes are needed.
    result<std::optional<redis_reply>> next();

private:
    struct allowance;
    struct free_reader
    {
        void operator()(redisReader* reader) const noexcept;
    };
    std::unexpected<error> refused();

    std::unique_ptr<allowance> left_;
    std::unique_ptr<redisReader, free_reader> reader_;
};

} // namespace sekisho::net
