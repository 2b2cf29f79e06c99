// SPDX-License-Identifier: Apache-2.0
#pragma once
// HTTP/1.1 on the application's side: one request's answer, read from a connection of the pool.

#include "http/framing.hpp"
#include "http/head.hpp"
#include "net/body.hpp"
#include "net/exchange.hpp"
#include "net/http1_body.hpp"
#include "net/input_buffer.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

#include <chrono>
#include <memory>
#include <string_view>

namespace sekisho::upstream
{

class http1_call final : public net::body_source
{
public:
    explicit http1_call(net::worker& home);

    // Starts anew on this connection. `method` of the request; `watched` is asked now and then whether its
    // client is still there while nothing comes.
    void begin(std::unique_ptr<net::stream> connection, std::string_view method, net::exchange& watched);
    // Gives the memory back; the connection too, when its last answer is complete, else null.
    std::unique_ptr<net::stream> end();

    net::stream& connection() noexcept { return *connection_; }
    // Whether any byte of an answer has come: the request must not be repeated then.
    bool has_received() const noexcept { return has_received_; }

    // The next head, interim answers (1xx) among them; waits at most `patience` and may be called again after
    // network_timeout. Errors: upstream_protocol_error, end_of_stream, network_failure.
    net::task<result<void>> receive_head(std::chrono::milliseconds patience);
    const http::response_head& head() const noexcept { return head_; }
    int version() const noexcept { return version_; }

    // The body, after a final head; `idle_time` is the longest pause between two pieces (0: no limit).
    void limit_pauses(std::chrono::milliseconds idle_time) noexcept { idle_time_ = idle_time; }
    net::body_length length() const noexcept override;
    // Errors: upstream_protocol_error, upstream_timeout, client_gone.
    net::task<result<byte_view>> read() override;
    bool is_ready() const noexcept override { return body_.has_next(input_.unused()); }
    void abandon() noexcept override { connection_->close(); }
    std::span<const http::field> trailers() const noexcept override { return fields_.trailers; }

    // Bytes behind a 101.
    std::span<const char> early_bytes() const noexcept { return input_.unused(); }

private:
    result<void> understand_head(std::string_view head);
    net::task<result<std::size_t>> receive_more();

    net::worker& home_;
    std::unique_ptr<net::stream> connection_;
    net::exchange* watched_ = nullptr;
    std::string_view method_;
    net::input_buffer input_;
    net::parsed_fields fields_;
    net::http1_body body_;
    int version_ = 11;
    http::response_head head_;
    http::framing framing_;
    std::chrono::milliseconds idle_time_{0};
    std::size_t seen_ = 0;
    bool has_received_ = false;
    bool is_persistent_ = false;
    bool has_ended_ = false;
};

} // namespace sekisho::upstream
