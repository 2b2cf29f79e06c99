// SPDX-License-Identifier: Apache-2.0
#pragma once
// HTTP/1.1 on the client's side: reads a request's head, lets the handler answer, writes the answer. One
// object serves one connection at a time and is kept by the worker for the next, with its memory.

#include "http/framing.hpp"
#include "http/head_writer.hpp"
#include "net/exchange.hpp"
#include "net/http1_body.hpp"
#include "net/input_buffer.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"
#include "server/limits.hpp"

#include <array>
#include <cstddef>
#include <memory_resource>
#include <optional>

namespace sekisho::server
{

enum class afterwards : std::uint8_t
{
    keep_alive, // the connection may wait for another request
    close,
    linger, // close, but read on for a moment so that the answer is not lost
};

class http1_exchange final : public net::exchange, private net::body_source, private net::body_sink
{
public:
    explicit http1_exchange(net::worker& home);

    // Answers requests until nothing more has arrived. `on` must have something to read.
    net::task<afterwards> serve(
        net::stream& on,
        const net::peer& client,
        const limits& allowed,
        net::handler& handler,
        const bool& draining
    );

    const http::request_head& request() const noexcept override { return head_; }
    const net::peer& client() const noexcept override { return *client_; }
    net::body_source& body() noexcept override { return *this; }
    net::task<result<net::body_sink*>>
    respond(const http::response_head& head, net::body_length length) override;
    net::task<result<void>> inform(const http::response_head& head) override;
    int status() const noexcept override { return status_; }
    net::task<result<net::stream*>> take_over(const http::response_head& head) override;
    std::span<const char> early_bytes() const noexcept override { return head_input_.unused(); }
    std::uint64_t body_bytes_sent() const noexcept override { return sent_; }
    bool is_client_gone() noexcept override { return stream_->is_reset(); }
    void close_after() noexcept override { keep_alive_ = false; }
    void cut() noexcept override { stream_->close(); }
    std::pmr::memory_resource& memory() noexcept override { return *arena_; }
    net::worker& home() noexcept override { return home_; }

private:
    enum class sending : std::uint8_t
    {
        nothing,      // HEAD, 204, 304
        known_length, // remaining_ bytes to come
        chunks,
        until_close,
    };

    // body_source
    net::body_length length() const noexcept override;
    bool is_ready() const noexcept override;
    net::task<result<byte_view>> read() override;
    void abandon() noexcept override;
    std::span<const http::field> trailers() const noexcept override { return fields_.trailers; }
    // body_sink
    net::task<result<void>> write(byte_view piece, net::flush when) override;
    net::task<result<void>> finish(std::span<const http::field> trailers) override;

    void begin_message();
    void end_message();
    net::task<result<void>> receive_head();
    result<void> understand_head(std::string_view head);
    net::task<void> answer(net::handler& handler);
    net::task<afterwards> refuse(net::handler& handler, error why);
    result<void> make_room_for_body();
    net::task<result<void>> send_continue();
    void write_framing(http::flat_writer& to, const http::response_head& head, net::body_length length);
    void append_last_chunk(std::span<const http::field> trailers) noexcept;
    bool append(std::string_view text) noexcept;
    net::task<result<void>> flush_out(std::span<const char> behind, std::span<const char> last = {});
    afterwards decide() const noexcept;

    net::worker& home_;
    net::stream* stream_ = nullptr;
    const net::peer* client_ = nullptr;
    const limits* limits_ = nullptr;
    const bool* draining_ = nullptr;

    net::input_buffer head_input_;
    net::input_buffer body_input_; // once the body outgrows the head's memory
    net::block out_;
    std::size_t pending_ = 0; // bytes of out_ that wait

    net::parsed_fields fields_;
    net::http1_body request_body_;
    http::request_head head_;
    http::framing framing_;
    std::uint64_t received_ = 0; // body bytes handed out
    std::uint64_t sent_ = 0;
    std::uint64_t remaining_ = 0;
    int status_ = 0;
    sending sending_ = sending::nothing;
    bool keep_alive_ = false;
    bool expects_continue_ = false;
    bool chunk_is_open_ = false;
    bool is_finished_ = false;
    bool is_taken_over_ = false;
    bool is_abandoned_ = false;

    std::array<std::byte, 4096> arena_memory_;
    std::optional<std::pmr::monotonic_buffer_resource> arena_;
};

} // namespace sekisho::server
