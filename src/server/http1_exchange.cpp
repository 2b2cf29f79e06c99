// SPDX-License-Identifier: Apache-2.0
#include "server/http1_exchange.hpp"

#include "base/log.hpp"
#include "http/date.hpp"
#include "http/head_reader.hpp"
#include "http/head_writer.hpp"

#include <algorithm>
#include <charconv>
#include <exception>

namespace sekisho::server
{

using net::task;

http1_exchange::http1_exchange(net::worker& home) : home_(home) { fields_.head.reserve(64); }

task<afterwards> http1_exchange::serve(
    net::stream& on,
    const net::peer& client,
    const limits& allowed,
    net::handler& handler,
    const bool& draining
)
{
    stream_ = &on;
    client_ = &client;
    limits_ = &allowed;
    draining_ = &draining;
    head_input_.use(home_.blocks().borrow());
    out_ = home_.blocks().borrow();
    auto next = afterwards::close;
    do
    {
        begin_message();
        auto received = co_await receive_head();
        if (received)
        {
            co_await answer(handler);
            next = decide();
        }
        else
            next = co_await refuse(handler, std::move(received.error()));
        end_message();
    } while (next == afterwards::keep_alive && !head_input_.is_empty());
    head_input_.release();
    out_.release();
    co_return next;
}

void http1_exchange::begin_message()
{
    head_ = {};
    framing_ = {};
    received_ = sent_ = remaining_ = 0;
    pending_ = 0;
    status_ = 0;
    keep_alive_ = expects_continue_ = chunk_is_open_ = is_finished_ = is_taken_over_ = is_abandoned_ = false;
    arena_.emplace(arena_memory_.data(), arena_memory_.size());
    fields_.clear();
    request_body_ = {};
}

void http1_exchange::end_message()
{
    arena_.reset();
    if (body_input_.has_memory())
    {
        // What came behind this body is the next request's head.
        head_input_ = std::move(body_input_);
        body_input_.release();
    }
    if (head_input_.has_memory())
        head_input_.compact();
}

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

task<void> http1_exchange::answer(net::handler& handler)
{
    try
    {
        co_await handler.handle(*this);
    }
    catch (const std::exception& thrown)
    {
        log::error("exchange.exception", {{"what", thrown.what()}});
        keep_alive_ = false;
    }
    if (status_ == 0)
    {
        keep_alive_ = false;
        co_await handler.refuse(*this, error{errc::internal_error, "exchange", "nothing was answered"});
    }
}

task<afterwards> http1_exchange::refuse(net::handler& handler, error why)
{
    keep_alive_ = false;
    switch (why.code)
    {
    case errc::end_of_stream:
    case errc::network_failure:
    case errc::network_timeout: // nothing had arrived: nobody waits for an answer
        co_return afterwards::close;
    default:
        break;
    }
    is_abandoned_ = true; // whatever body there was is not read
    co_await handler.refuse(*this, std::move(why));
    co_return afterwards::linger;
}

afterwards http1_exchange::decide() const noexcept
{
    if (is_taken_over_ || !stream_->is_open())
        return afterwards::close;
    if (!is_finished_) // cut short: closing tells the client
        return afterwards::close;
    if (!request_body_.is_done())
        return afterwards::linger;
    return keep_alive_ && !*draining_ ? afterwards::keep_alive : afterwards::linger;
}

// What the client sends

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

// What we send

void http1_exchange::write_framing(
    http::flat_writer& to, const http::response_head& head, net::body_length length
)
{
    const auto is_bodiless = head.status < 200 || head.status == 204 || head.status == 304;
    sending_ = sending::nothing;
    if (!is_bodiless && length.what == net::body_length::kind::unknown)
    {
        if (head_.version >= 11)
            to.field("Transfer-Encoding", "chunked");
        else
            keep_alive_ = false;
        sending_ = head_.version >= 11 ? sending::chunks : sending::until_close;
    }
    else if (!is_bodiless && (head_.method != "HEAD" || length.what == net::body_length::kind::known))
    {
        to.field("Content-Length", length.bytes);
        sending_ = sending::known_length;
        remaining_ = length.bytes;
    }
    else if (head.status == 304 && length.what == net::body_length::kind::known)
        to.field("Content-Length", length.bytes);
    if (head_.method == "HEAD")
        sending_ = sending::nothing;
    if (!keep_alive_ || *draining_)
        to.field("Connection", "close");
    else if (head_.version < 11)
        to.field("Connection", "keep-alive");
}

task<result<net::body_sink*>>
http1_exchange::respond(const http::response_head& head, net::body_length length)
{
    // What is left of the request when its answer begins may never be read, and must not be taken for the
    // next one.
    keep_alive_ = keep_alive_ && request_body_.is_done();
    for (;;)
    {
        http::flat_writer to(out_.span());
        to.status_line(head.status, head.reason.empty() ? http::reason_phrase(head.status) : head.reason);
        auto is_dated = false;
        for (const auto& field : head.fields)
        {
            is_dated = is_dated || (field.name.size() == 4 && http::equal_names(field.name, "Date"));
            to.field(field.name, field.value);
        }
        if (!is_dated)
            to.field("Date", http::format_date(wall_clock_now()).view());
        write_framing(to, head, length);
        to.end_head();
        if (!to.overflowed())
        {
            pending_ = to.size();
            status_ = head.status;
            co_return static_cast<net::body_sink*>(this);
        }
        if (out_.span().size() >= home_.slabs().block_size())
            co_return fail(errc::upstream_protocol_error, "response.head", "larger than 128 KiB");
        out_ = home_.slabs().borrow();
    }
}

bool http1_exchange::append(std::string_view text) noexcept
{
    const auto room = out_.span().subspan(pending_);
    if (text.size() > room.size())
        return false;
    std::ranges::copy(text, room.begin());
    pending_ += text.size();
    return true;
}

task<result<void>> http1_exchange::flush_out(std::span<const char> behind, std::span<const char> last)
{
    stream_->expires_after(limits_->write_time);
    const auto waiting = out_.span().first(pending_);
    pending_ = 0;
    auto written = co_await stream_->write(waiting, behind, last);
    if (!written)
    {
        keep_alive_ = false;
        co_return fail(errc::client_gone, "response", std::move(written.error().detail));
    }
    co_return written;
}

task<result<void>> http1_exchange::write(byte_view piece, net::flush when)
{
    if (sending_ == sending::nothing || piece.empty())
    {
        if (when == net::flush::now && pending_ != 0)
            co_return co_await flush_out({});
        co_return result<void>();
    }
    if (sending_ == sending::known_length)
    {
        if (piece.size() > remaining_)
            co_return fail(errc::upstream_protocol_error, "response.body", "longer than its Content-Length");
        remaining_ -= piece.size();
    }
    sent_ += piece.size();
    if (sending_ == sending::chunks)
    {
        std::array<char, 24> head{};
        auto* at = head.data();
        if (chunk_is_open_)
            at = std::ranges::copy(std::string_view("\r\n"), at).out;
        at = std::to_chars(at, head.data() + 18, piece.size(), 16).ptr;
        at = std::ranges::copy(std::string_view("\r\n"), at).out;
        const std::string_view text(head.data(), at);
        if (!append(text))
        {
            auto flushed = co_await flush_out({});
            if (!flushed)
                co_return flushed;
            append(text);
        }
        chunk_is_open_ = true;
    }
    const auto text = as_text(piece);
    const auto is_last = sending_ == sending::known_length && remaining_ == 0;
    // Some clients (urllib3) hand a chunk on only when they have the end of line behind it.
    const std::string_view end = sending_ == sending::chunks && when == net::flush::now ? "\r\n" : "";
    chunk_is_open_ = chunk_is_open_ && end.empty();
    // Copying a small piece behind the head is cheaper than a second buffer, and one TLS record instead of
    // two.
    if ((when == net::flush::later || stream_->is_secure()) && append(text))
    {
        if (when == net::flush::later && !is_last)
            co_return result<void>();
        co_return co_await flush_out(end);
    }
    co_return co_await flush_out(text, end);
}

task<result<void>> http1_exchange::finish(std::span<const http::field> trailers)
{
    if (sending_ == sending::known_length && remaining_ != 0)
        co_return fail(errc::upstream_protocol_error, "response.body", "shorter than its Content-Length");
    if (sending_ == sending::chunks)
    {
        constexpr std::size_t most_framing = 9;
        std::size_t size = most_framing;
        for (const auto& field : trailers)
            size += field.name.size() + field.value.size() + 4;
        if (size > out_.span().size() - pending_)
        {
            auto flushed = co_await flush_out({});
            if (!flushed)
                co_return flushed;
        }
        append_last_chunk(size <= out_.span().size() - pending_ ? trailers : std::span<const http::field>());
    }
    if (pending_ != 0)
    {
        auto flushed = co_await flush_out({});
        if (!flushed)
            co_return flushed;
    }
    is_finished_ = true;
    co_return result<void>();
}

void http1_exchange::append_last_chunk(std::span<const http::field> trailers) noexcept
{
    append(chunk_is_open_ ? "\r\n0\r\n" : "0\r\n");
    for (const auto& field : trailers)
    {
        append(field.name);
        append(": ");
        append(field.value);
        append("\r\n");
    }
    append("\r\n");
}

task<result<void>> http1_exchange::inform(const http::response_head& head)
{
    if (head_.version < 11)
        co_return result<void>(); // RFC 9110, 15.2: not to an HTTP/1.0 client
    http::flat_writer to(out_.span());
    to.status_line(head.status, head.reason.empty() ? http::reason_phrase(head.status) : head.reason);
    for (const auto& field : head.fields)
        to.field(field.name, field.value);
    to.end_head();
    if (to.overflowed())
        co_return fail(errc::upstream_protocol_error, "response.interim", "too long");
    pending_ = to.size();
    co_return co_await flush_out({});
}

task<result<net::stream*>> http1_exchange::take_over(const http::response_head& head)
{
    http::flat_writer to(out_.span());
    to.status_line(head.status, head.reason.empty() ? http::reason_phrase(head.status) : head.reason);
    for (const auto& field : head.fields)
        to.field(field.name, field.value);
    to.field("Connection", "Upgrade");
    to.end_head();
    if (to.overflowed())
        co_return fail(errc::upstream_protocol_error, "response.head", "too long");
    pending_ = to.size();
    status_ = head.status;
    is_taken_over_ = is_finished_ = true;
    auto flushed = co_await flush_out({});
    if (!flushed)
        co_return std::unexpected(flushed.error());
    out_.release();
    co_return stream_;
}

} // namespace sekisho::server
