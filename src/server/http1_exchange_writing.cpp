// SPDX-License-Identifier: Apache-2.0
// What we send: the answer's head, its body with its framing, and what comes before or instead of them.
#include "http/date.hpp"
#include "http/head_writer.hpp"
#include "server/http1_exchange.hpp"

#include <algorithm>
#include <charconv>

namespace sekisho::server
{

using net::task;

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
