// SPDX-License-Identifier: Apache-2.0
// What the client sends: the head, then the body piece by piece.
#include "http/head_reader.hpp"
#include "server/http1_exchange.hpp"

#include <algorithm>

namespace sekisho::server
{

using net::task;

namespace
{

// What can be told from the part of a head that has arrived, so that nobody waits for a time-out: bytes of
// another protocol (a TLS handshake sent to a plain port), and lines that end without CR.
result<void> check_beginning(std::string_view arrived, std::size_t seen)
{
    if (!arrived.empty() && !http::is_token(arrived.substr(0, 1)))
        return fail(errc::request_malformed, "request.head", "does not begin with a method");
    for (auto at = arrived.find('\n', seen); at != std::string_view::npos; at = arrived.find('\n', at + 1))
        if (at == 0 || arrived[at - 1] != '\r')
            return fail(errc::request_malformed, "request.head", "a line ends without CR");
    return {};
}

} // namespace

task<result<void>> http1_exchange::receive_head()
{
    stream_->expires_after(limits_->head_time);
    std::size_t seen = 0;
    for (;;)
    {
        // RFC 9112, 2.2: an empty line in front of a request is forgiven.
        while (seen == 0 && head_input_.text().starts_with("\r\n"))
            head_input_.consume(2);
        const auto arrived = head_input_.text();
        if (const auto end = net::find_head_end(arrived, seen); end != std::string_view::npos)
        {
            if (end > limits_->head_bytes)
                co_return fail(errc::request_head_too_large, "request.head");
            head_input_.consume(end);
            co_return understand_head(arrived.substr(0, end));
        }
        if (auto sane = check_beginning(arrived, seen); !sane)
            co_return sane;
        seen = arrived.size();
        if (seen >= limits_->head_bytes)
            co_return fail(errc::request_head_too_large, "request.head");
        if (head_input_.room().empty())
        {
            head_input_.compact();
            if (head_input_.room().empty())
            {
                if (head_input_.capacity() >= home_.slabs().block_size())
                    co_return fail(errc::request_head_too_large, "request.head");
                head_input_.move_to(home_.slabs().borrow());
            }
        }
        auto size = co_await stream_->read_some(head_input_.room());
        if (!size)
        {
            if (size.error().code == errc::network_timeout && seen > 0)
                co_return fail(errc::request_timeout, "request.head");
            co_return std::unexpected(size.error());
        }
        head_input_.commit(*size);
    }
}

result<void> http1_exchange::understand_head(std::string_view head)
{
    auto line = http::read_request_head(head, fields_.head, limits_->head_fields);
    if (!line)
        return std::unexpected(std::move(line.error()));
    head_ = {line->method, line->target, line->version, fields_.head};
    auto framing = http::request_framing(head_.fields, head_.version);
    if (!framing)
        return std::unexpected(std::move(framing.error()));
    framing_ = *framing;
    request_body_ = net::http1_body(framing_);
    if (limits_->body_bytes != 0 && framing_.kind == http::framing_kind::length &&
        framing_.length > limits_->body_bytes)
        return fail(errc::request_body_too_large, "request.body", std::to_string(framing_.length));
    keep_alive_ = head_.version >= 11 ? !http::has_token(head_.fields, "Connection", "close")
                                      : http::has_token(head_.fields, "Connection", "keep-alive");
    expects_continue_ = head_.version >= 11 && !request_body_.is_done() &&
                        http::has_token(head_.fields, "Expect", "100-continue");
    return {};
}

net::body_length http1_exchange::length() const noexcept
{
    switch (framing_.kind)
    {
    case http::framing_kind::length:
        return framing_.length == 0 ? net::body_length::none() : net::body_length::known(framing_.length);
    case http::framing_kind::chunked:
        return net::body_length::unknown();
    default:
        return net::body_length::none();
    }
}

bool http1_exchange::is_ready() const noexcept
{
    return request_body_.has_next((body_input_.has_memory() ? body_input_ : head_input_).unused());
}

task<result<void>> http1_exchange::send_continue()
{
    stream_->expires_after(limits_->write_time);
    static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    co_return co_await stream_->write(text);
}

result<void> http1_exchange::make_room_for_body()
{
    if (!body_input_.has_memory())
    {
        const auto left =
            framing_.kind == http::framing_kind::length ? framing_.length - received_ : ~std::uint64_t(0);
        if (left <= head_input_.room().size())
            return {};
        // The head's memory stays as it is: the handler still looks at it.
        const auto kept = head_input_.text();
        body_input_.use(home_.slabs().borrow());
        std::ranges::copy(kept, body_input_.room().begin());
        body_input_.commit(kept.size());
        head_input_.consume(kept.size());
        return {};
    }
    if (body_input_.room().size() < body_input_.capacity() / 2)
        body_input_.compact();
    if (body_input_.room().empty())
        return fail(errc::request_malformed, "request.body", "a chunk's head or the trailers are too long");
    return {};
}

task<result<byte_view>> http1_exchange::read()
{
    for (;;)
    {
        auto& input = body_input_.has_memory() ? body_input_ : head_input_;
        if (request_body_.is_done())
            co_return byte_view();
        if (is_abandoned_)
            co_return fail(errc::client_gone, "request.body", "nobody reads it");
        if (!input.is_empty())
        {
            auto piece = request_body_.read(input.unused(), fields_, limits_->head_fields);
            if (!piece)
                co_return fail(errc::request_malformed, "request.body", std::move(piece.error().detail));
            input.consume(piece->used);
            received_ += piece->data.size();
            if (limits_->body_bytes != 0 && received_ > limits_->body_bytes)
                co_return fail(errc::request_body_too_large, "request.body");
            if (!piece->data.empty())
                co_return std::as_bytes(piece->data);
            if (request_body_.is_done())
                co_return byte_view();
        }
        if (expects_continue_ && status_ == 0)
        {
            expects_continue_ = false;
            auto sent = co_await send_continue();
            if (!sent)
                co_return std::unexpected(sent.error());
        }
        if (auto made = make_room_for_body(); !made)
            co_return std::unexpected(made.error());
        auto& into = body_input_.has_memory() ? body_input_ : head_input_;
        auto room = into.room();
        if (framing_.kind == http::framing_kind::length)
            room = room.first(std::min<std::uint64_t>(room.size(), framing_.length - received_));
        stream_->expires_after(limits_->body_time);
        auto size = co_await stream_->read_some(room);
        if (!size && size.error().code == errc::network_timeout)
            co_return fail(errc::request_timeout, "request.body");
        if (!size)
            co_return fail(errc::client_gone, "request.body", std::move(size.error().detail));
        into.commit(*size);
    }
}

void http1_exchange::abandon() noexcept
{
    is_abandoned_ = true;
    boost::system::error_code ignored;
    stream_->socket().cancel(ignored);
}

} // namespace sekisho::server
