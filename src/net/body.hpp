// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bodies are pulled: nothing is read that nobody asks for, so a slow reader slows the writer.

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "http/fields.hpp"
#include "net/task.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace sekisho::net
{

// How long a body is. unknown: until it ends (chunked, or until the connection closes).
struct body_length
{
    enum class kind : std::uint8_t
    {
        none,
        known,
        unknown,
    };
    kind what = kind::none;
    std::uint64_t bytes = 0; // for known

    static constexpr body_length none() { return {}; }
    static constexpr body_length known(std::uint64_t size) { return {kind::known, size}; }
    static constexpr body_length unknown() { return {kind::unknown, 0}; }
};

enum class flush : std::uint8_t
{
    now,
    later,
};

// What a peer sends.
class body_source
{
public:
    virtual ~body_source() = default;
    virtual body_length length() const noexcept = 0;
    // The next piece, as soon as there is one; empty: the body has ended. The view is valid until the next
    // call.
    virtual task<result<byte_view>> read() = 0;
    // Whether the next read() can answer from what has already arrived.
    virtual bool is_ready() const noexcept { return false; }
    // Nobody wants the rest: a read() under way fails soon, later ones at once.
    virtual void abandon() noexcept = 0;
    // Trailer fields, once read() has returned empty.
    virtual std::span<const http::field> trailers() const noexcept { return {}; }
};

// Where an answer's body goes.
class body_sink
{
public:
    virtual ~body_sink() = default;
    // With flush::now returns when the kernel has taken the bytes (and the head before them). flush::later
    // promises another call right away: a small piece may be copied and leave with it.
    virtual task<result<void>> write(byte_view piece, flush when) = 0;
    // The body is complete. Trailers are dropped where the client cannot take them.
    virtual task<result<void>> finish(std::span<const http::field> trailers = {}) = 0;
};

} // namespace sekisho::net
