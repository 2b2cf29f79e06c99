// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request without a connection, and the answer that was given to it.

#include "http/head.hpp"
#include "net/exchange.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

// What a client asks.
struct client_request
{
    std::string method = "GET";
    std::string target = "/";
    http::owned_fields fields;
    std::string body;
    std::optional<error> body_failure; // reading the body ends with this
};

// What it got.
struct client_answer
{
    int status = 0; // 0: nothing
    http::owned_fields fields;
    std::string body;
    bool is_finished = false;
    bool is_closing = false; // the connection is not used again

    // The first field of that name; empty: there is none.
    std::string field(std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
};

// Plays one request; asserts that it is answered at most once.
class fake_exchange final : public net::exchange, private net::body_source, private net::body_sink
{
public:
    explicit fake_exchange(client_request asked);
    fake_exchange(const fake_exchange&) = delete;
    fake_exchange& operator=(const fake_exchange&) = delete;

    const client_answer& answer() const noexcept { return answer_; }
    // From now on writing an answer fails with this, as when the client has gone.
    void break_connection(error with) { broken_ = std::move(with); }

    const http::request_head& request() const noexcept override { return head_; }
    const net::peer& client() const noexcept override { return peer_; }
    net::body_source& body() noexcept override { return *this; }
    net::task<result<net::body_sink*>>
    respond(const http::response_head& head, net::body_length length) override;
    net::task<result<void>> inform(const http::response_head& head) override;
    int status() const noexcept override { return answer_.status; }
    net::task<result<net::stream*>> take_over(const http::response_head& head) override;
    std::span<const char> early_bytes() const noexcept override { return {}; }
    std::uint64_t body_bytes_sent() const noexcept override { return answer_.body.size(); }
    bool is_client_gone() noexcept override { return broken_.has_value(); }
    void close_after() noexcept override { answer_.is_closing = true; }
    void cut() noexcept override
    {
        answer_.is_closing = true;
        broken_ = error{errc::network_failure, "exchange", "cut"};
    }
    std::pmr::memory_resource& memory() noexcept override { return *std::pmr::new_delete_resource(); }
    net::worker& home() noexcept override;

private:
    net::body_length length() const noexcept override;
    net::task<result<byte_view>> read() override;
    void abandon() noexcept override { read_ = asked_.body.size(); }
    net::task<result<void>> write(byte_view piece, net::flush when) override;
    net::task<result<void>> finish(std::span<const http::field> trailers) override;

    client_request asked_;
    std::vector<http::field> fields_;
    http::request_head head_;
    net::peer peer_;
    std::size_t read_ = 0;
    client_answer answer_;
    std::optional<error> broken_;
};

} // namespace sekisho::test
