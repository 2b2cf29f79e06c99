// SPDX-License-Identifier: Apache-2.0
#pragma once
// One request to the application and its answer back, both streamed; retried only where that is safe.

#include "base/time.hpp"
#include "http/field_name.hpp"
#include "net/deadline.hpp"
#include "net/exchange.hpp"
#include "upstream/http1_call.hpp"
#include "upstream/pool.hpp"
#include "upstream/tunnel.hpp"
#include "upstream/upload.hpp"

#include <chrono>
#include <span>
#include <vector>

namespace sekisho::upstream
{

// Changes an answer's fields before they go to the client.
class answer_editor
{
public:
    virtual ~answer_editor() = default;
    // `fields` are the application's, without those of its connection. What is added must live until
    // respond().
    virtual void edit(int status, std::vector<http::field>& fields) = 0;
};

// How one request is to be relayed.
struct journey
{
    net::exchange& exchange;
    pool& through;
    answer_editor& editor;
    bool asks_for_websocket = false;
    tunnel_list& tunnels;
    const http::name_set& stripped; // names that no client may send: they are no trailers either
    tunnel::rules tunnel_rules;     // its life_time is for the relay to set
    // When the session is over without anybody saying so: what lasts ends then.
    time_point session_ends = time_point::max();
};

// One object serves one exchange at a time and is kept by the worker for the next, with its memory.
class relay
{
public:
    explicit relay(net::worker& home);

    // Where the request's head is written before run(): request line and fields, without framing fields and
    // the empty line. Room is left for those.
    std::span<char> head_memory();

    // Sends the head (its size in head_memory()) and the exchange's body, and answers the exchange. After an
    // error the exchange is unanswered when its status() is 0, else cut short. Errors: upstream_unreachable,
    // upstream_timeout, upstream_protocol_error, client_gone, what reading the client's body fails with, and
    // session_required when an event stream (or a WebSocket that had not begun) ended with its session.
    net::task<result<void>> run(journey on, std::size_t head_size);

    // For the time of run(): the session has ended. A WebSocket is closed with 1008, an event stream is cut
    // off, neither begins any more; every other answer goes on to its end.
    void end_session() noexcept;

    // Gives all memory back.
    void end();

private:
    net::task<result<void>> run_attempts(journey& on);
    // Whether a connection was used before; null in `connection` never.
    net::task<result<bool>> acquire(journey& on);
    net::task<result<void>> send_request(journey& on);
    net::task<result<void>> await_answer(journey& on);
    net::task<result<void>> deliver(journey& on);
    net::task<result<void>> copy_body(net::body_sink& to);
    net::task<result<void>> open_tunnel(journey& on);
    net::task<void> settle(journey& on);
    void collect_fields();
    void finish_head(net::body_length body);
    bool may_repeat(const journey& on, const error& why) const;
    bool is_over(const journey& on) const;
    void cut_stream() noexcept;
    static void life_expired(void* self) noexcept;
    // Since when the application could have answered.
    std::chrono::steady_clock::time_point waiting_since() const noexcept;

    net::worker& home_;
    net::block head_;
    std::size_t head_size_ = 0;
    http1_call call_;
    upload upload_;
    std::vector<http::field> fields_;
    std::vector<http::field> trailers_;
    std::chrono::steady_clock::time_point sent_at_;
    bool is_fresh_only_ = false;
    // What lasts as long as its session at most; at most one of the two while run() goes on.
    tunnel* tunnel_ = nullptr;
    net::exchange* stream_to_ = nullptr; // who is sent an event stream
    net::deadline life_;                 // of the event stream
    bool has_session_ended_ = false;
    bool is_cut_ = false;
};

} // namespace sekisho::upstream
