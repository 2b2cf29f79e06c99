// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request's body on its way to the application, beside the answer that may already be coming back.

#include "http/field_name.hpp"
#include "net/exchange.hpp"
#include "net/latch.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace sekisho::upstream
{

// The trailers that may be passed on (RFC 9110, 6.5.1), without those of the names in `stripped`; null: no
// such names. Replaces what is in `into`.
std::span<const http::field> passed_on(
    std::span<const http::field> trailers, const http::name_set* stripped, std::vector<http::field>& into
);

// Serves one request at a time and is kept with its memory for the next.
class upload
{
public:
    explicit upload(net::worker& home);

    // For a new request; both outlive it. No trailer of a `stripped` name is sent.
    void begin(net::body_source& from, const http::name_set& stripped);

    bool is_chunked() const noexcept { return is_chunked_; }
    bool is_waiting() const noexcept { return is_waiting_; } // a body that nobody has begun to send
    bool is_running() const noexcept { return is_running_; } // start() was called and has not come to an end
    bool has_begun() const noexcept { return has_begun_; }   // bytes of the body were taken from the client
    bool is_ready() const noexcept { return from_->is_ready(); } // its beginning is here already
    // Why it broke off; nullopt: it did not.
    std::optional<error>& failure() noexcept { return failure_; }
    // When the piece that the application has not taken yet began to be written; nullopt: there is none.
    std::optional<std::chrono::steady_clock::time_point> writing_since() const noexcept
    {
        return writing_since_;
    }
    std::chrono::steady_clock::time_point ended_at() const noexcept { return ended_at_; } // or begun

    // The head and what is there of the body leave together; the rest is started when there is some. Errors:
    // those of reading the body and of writing.
    net::task<result<void>> send_with(std::span<const char> head, net::stream& to);
    // Sends the body from here on in a task of its own. A failure of the client's side closes `to`.
    void start(net::stream& to);
    // Ends what was started: nobody wants the rest. Afterwards nothing of it runs.
    net::task<void> stop();

private:
    net::task<void> run();
    net::task<result<void>> send_all();
    net::task<result<void>> send_piece(byte_view piece);
    net::task<result<void>> send_end();

    net::worker& home_;
    net::latch ended_;
    net::body_source* from_ = nullptr;
    net::stream* to_ = nullptr;
    const http::name_set* stripped_ = nullptr;
    std::optional<error> failure_;
    std::vector<http::field> trailers_;
    std::optional<std::chrono::steady_clock::time_point> writing_since_;
    std::chrono::steady_clock::time_point ended_at_;
    bool is_chunked_ = false;
    bool is_waiting_ = false;
    bool is_running_ = false;
    bool has_begun_ = false;
};

} // namespace sekisho::upstream
