// SPDX-License-Identifier: Apache-2.0
#pragma once
// One request to the application and its answer back, both streamed; retried only where that is safe.

#include "http/field_name.hpp"
#include "net/exchange.hpp"
#include "net/latch.hpp"
#include "upstream/http1_call.hpp"
#include "upstream/pool.hpp"
#include "upstream/tunnel.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
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
    tunnel::rules tunnel_rules;
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
    // upstream_timeout, upstream_protocol_error, client_gone, and what reading the client's body fails with.
    net::task<result<void>> run(journey on, std::size_t head_size);

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
    net::task<void> pump(net::body_source& from);
    net::task<result<void>> pump_all(net::body_source& from);
    net::task<result<void>> send_piece(byte_view piece);
    net::task<void> settle(journey& on);
    void start_pump(net::body_source& from);
    void collect_fields();
    void finish_head(net::body_length body);
    bool may_repeat(const journey& on, const error& why) const;
    // Without what may be no trailer; `stripped` null: nothing more.
    std::span<const http::field>
    passed_on(std::span<const http::field> trailers, const http::name_set* stripped);

    net::worker& home_;
    net::block head_;
    std::size_t head_size_ = 0;
    http1_call call_;
    net::latch pump_ended_;
    std::optional<error> pump_failure_;
    std::vector<http::field> fields_;
    std::vector<http::field> trailers_;
    const http::name_set* stripped_ = nullptr; // of the journey
    std::chrono::steady_clock::time_point sent_at_;
    std::optional<std::chrono::steady_clock::time_point> writing_since_; // the upload's piece on its way
    bool is_chunked_ = false;                                            // the request's body
    bool has_more_body_ = false;                                         // beyond what has been sent
    bool has_consumed_body_ = false;
    bool is_pump_running_ = false;
    bool is_fresh_only_ = false;
};

} // namespace sekisho::upstream
