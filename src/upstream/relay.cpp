// SPDX-License-Identifier: Apache-2.0
#include "upstream/relay.hpp"

#include "http/head_writer.hpp"
#include "http/hop_by_hop.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sekisho::upstream
{

using net::task;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace
{

constexpr std::size_t framing_room =
    64; // "Transfer-Encoding: chunked", or a Content-Length, and the empty line
constexpr milliseconds look_around{1000};

// RFC 9110, 9.2.2: repeating these does no harm.
bool is_idempotent(std::string_view method)
{
    static constexpr std::array<std::string_view, 6> methods{
        "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"
    };
    return std::ranges::find(methods, method) != methods.end();
}

// What a broken connection means for a request that waits for its answer.
error as_seen_from_here(error why)
{
    switch (why.code)
    {
    case errc::network_timeout:
        return {errc::upstream_timeout, "upstream.request", "the application took nothing in time"};
    case errc::end_of_stream:
    case errc::network_failure:
        return {
            errc::upstream_unreachable,
            "upstream.answer",
            "the connection ended without an answer: " + why.detail
        };
    default:
        return why;
    }
}

} // namespace

relay::relay(net::worker& home) : home_(home), call_(home), pump_ended_(home.get_executor())
{
    fields_.reserve(64);
}

std::span<char> relay::head_memory()
{
    if (!head_)
        head_ = home_.slabs().borrow();
    return head_.span().first(head_.span().size() - framing_room);
}

void relay::end() { head_.release(); }

task<result<void>> relay::run(journey on, std::size_t head_size)
{
    stripped_ = &on.stripped;
    head_size_ = head_size;
    has_consumed_body_ = is_pump_running_ = is_fresh_only_ = false;
    pump_failure_.reset();
    writing_since_.reset();
    finish_head(on.exchange.body().length());
    auto answered = co_await run_attempts(on);
    if (answered)
        answered = co_await deliver(on);
    co_await settle(on);
    if (!answered && pump_failure_ && on.exchange.status() == 0)
        co_return std::unexpected(std::move(*pump_failure_)); // it came first
    co_return answered;
}

void relay::finish_head(net::body_length body)
{
    http::flat_writer to(head_.span().subspan(head_size_));
    is_chunked_ = body.what == net::body_length::kind::unknown;
    has_more_body_ = body.what != net::body_length::kind::none;
    if (is_chunked_)
        to.field("Transfer-Encoding", "chunked");
    else if (has_more_body_)
        to.field("Content-Length", body.bytes);
    to.end_head();
    head_size_ += to.size();
}

task<result<void>> relay::run_attempts(journey& on)
{
    for (;;)
    {
        auto was_used = co_await acquire(on);
        if (!was_used)
            co_return std::unexpected(was_used.error());
        auto done = co_await send_request(on);
        if (done)
            done = co_await await_answer(on);
        if (done)
            co_return done;
        if (!*was_used || !may_repeat(on, done.error()))
            co_return std::unexpected(as_seen_from_here(std::move(done.error())));
        // The application had closed the idle connection: once more, on a new one.
        is_fresh_only_ = true;
        static_cast<void>(call_.end());
    }
}

bool relay::may_repeat(const journey& on, const error& why) const
{
    return (why.code == errc::end_of_stream || why.code == errc::network_failure ||
            why.code == errc::upstream_unreachable) &&
           !call_.has_received() && !has_consumed_body_ && is_idempotent(on.exchange.request().method);
}

task<result<bool>> relay::acquire(journey& on)
{
    const auto method = on.exchange.request().method;
    while (!is_fresh_only_)
    {
        auto idle = on.through.take_idle();
        if (!idle)
            break;
        // Closed meanwhile; or bytes that nobody asked for have come, which must not become the answer to
        // this request.
        if (idle->is_stale())
            continue;
        call_.begin(std::move(idle), method, on.exchange);
        co_return true;
    }
    auto made = co_await on.through.connect();
    if (!made)
        co_return std::unexpected(made.error());
    call_.begin(std::move(*made), method, on.exchange);
    co_return false;
}

task<result<void>> relay::send_request(journey& on)
{
    auto& connection = call_.connection();
    auto& body = on.exchange.body();
    const auto& to = on.through.to();
    connection.expires_after(to.response_time);
    const auto head = head_.span().first(head_size_);
    sent_at_ = steady_clock::now();
    if (!has_more_body_)
        co_return co_await connection.write(head);
    if (!body.is_ready())
    {
        auto written = co_await connection.write(head);
        const auto& request = on.exchange.request();
        if (written && (request.version < 11 || !http::has_token(request.fields, "Expect", "100-continue")))
            start_pump(body);
        co_return written;
    }
    // A body that has arrived with its head leaves with it too.
    has_consumed_body_ = true;
    auto piece = co_await body.read();
    if (!piece)
        co_return std::unexpected(piece.error());
    if (is_chunked_)
    {
        auto written = co_await connection.write(head);
        if (written)
            written = co_await send_piece(*piece);
        if (!written)
            co_return written;
    }
    else
    {
        auto written = co_await connection.write(head, as_text(*piece));
        if (!written)
            co_return written;
    }
    if (piece->empty())
        has_more_body_ = false;
    else
        start_pump(body);
    co_return result<void>();
}

void relay::start_pump(net::body_source& from)
{
    has_more_body_ = false;
    has_consumed_body_ = is_pump_running_ = true;
    pump_ended_.close();
    home_.spawn("upload", pump(from));
}

task<void> relay::pump(net::body_source& from)
{
    auto sent = co_await pump_all(from);
    if (!sent)
    {
        pump_failure_ = std::move(sent.error());
        // The client's failure ends the request at the application too; a failure of the application's
        // connection may have an answer behind it.
        if (pump_failure_->code != errc::upstream_unreachable)
            call_.connection().close();
    }
    is_pump_running_ = false;
    sent_at_ = steady_clock::now();
    pump_ended_.open();
}

task<result<void>> relay::pump_all(net::body_source& from)
{
    for (;;)
    {
        auto piece = co_await from.read();
        if (!piece)
            co_return std::unexpected(piece.error());
        if (piece->empty() && !is_chunked_)
            co_return result<void>();
        if (piece->empty())
        {
            std::string last("0\r\n");
            for (const auto& field : passed_on(from.trailers(), stripped_))
                last.append(field.name).append(": ").append(field.value).append("\r\n");
            last.append("\r\n");
            auto ended = co_await call_.connection().write(last);
            co_return ended;
        }
        writing_since_ = steady_clock::now();
        auto written = co_await send_piece(*piece);
        writing_since_.reset();
        if (!written)
            co_return fail(errc::upstream_unreachable, "upstream.body", std::move(written.error().detail));
    }
}

task<result<void>> relay::send_piece(byte_view piece)
{
    auto& connection = call_.connection();
    if (!is_chunked_)
        co_return co_await connection.write(as_text(piece));
    if (piece.empty())
        co_return co_await connection.write(std::string_view("0\r\n\r\n"));
    std::array<char, 20> head{};
    auto* at = std::to_chars(head.data(), head.data() + 16, piece.size(), 16).ptr;
    at = std::ranges::copy(std::string_view("\r\n"), at).out;
    co_return co_await connection.write({head.data(), at}, as_text(piece), std::string_view("\r\n"));
}

task<result<void>> relay::await_answer(journey& on)
{
    const auto limit = on.through.to().response_time;
    const auto patience = std::min(look_around, limit);
    for (;;)
    {
        auto received = co_await call_.receive_head(patience);
        if (!received && received.error().code == errc::network_timeout)
        {
            // RFC 9110, 10.1.1: no answer to the expectation; the client's body is not held back for ever.
            if (has_more_body_)
                start_pump(on.exchange.body());
            else if (on.exchange.is_client_gone())
                co_return fail(errc::client_gone, "upstream.answer");
            else if (writing_since_ && steady_clock::now() - *writing_since_ >= limit)
                co_return fail(errc::upstream_timeout, "upstream.request", "the application takes nothing");
            else if (!is_pump_running_ && steady_clock::now() - sent_at_ >= limit)
                co_return fail(errc::upstream_timeout, "upstream.answer", "no answer in time");
            continue;
        }
        if (!received)
            co_return received;
        const auto status = call_.head().status;
        if (status >= 200 || (status == 101 && on.asks_for_websocket))
            co_return result<void>();
        if (status == 101)
            co_return fail(
                errc::upstream_protocol_error, "upstream.answer", "switches to a protocol nobody asked for"
            );
        if (status == 100 && has_more_body_)
            start_pump(on.exchange.body()); // reading the body tells the client to go on
        else if (status != 100)
        {
            collect_fields();
            std::erase_if(
                fields_, [](const auto& each) { return http::equal_names(each.name, "Set-Cookie"); }
            );
            auto informed = co_await on.exchange.inform({status, call_.head().reason, fields_});
            if (!informed)
                co_return informed;
        }
    }
}

void relay::collect_fields()
{
    const auto& head = call_.head();
    const http::connection_options options(head.fields);
    fields_.clear();
    for (const auto& field : head.fields)
        if (http::classify(field.name, options) == http::passage::forward &&
            !http::equal_names(field.name, "Content-Length"))
            fields_.push_back(field);
}

task<result<void>> relay::deliver(journey& on)
{
    collect_fields();
    const auto& head = call_.head();
    on.editor.edit(head.status, fields_);
    if (head.status == 101)
    {
        auto ended = co_await open_tunnel(on);
        co_return ended;
    }
    call_.limit_pauses(on.through.to().idle_time);
    auto sink = co_await on.exchange.respond({head.status, head.reason, fields_}, call_.length());
    if (!sink)
        co_return std::unexpected(sink.error());
    auto copied = co_await copy_body(**sink);
    co_return copied;
}

task<result<void>> relay::copy_body(net::body_sink& to)
{
    if (!call_.is_ready())
    {
        // The first event of a stream may be long in coming; its head says that there is one.
        auto begun = co_await to.write({}, net::flush::now);
        if (!begun)
            co_return begun;
    }
    for (;;)
    {
        auto piece = co_await call_.read();
        if (!piece)
            co_return std::unexpected(piece.error());
        if (piece->empty())
            break;
        auto written = co_await to.write(*piece, call_.is_ready() ? net::flush::later : net::flush::now);
        if (!written)
            co_return written;
    }
    auto finished = co_await to.finish(passed_on(call_.trailers(), nullptr));
    co_return finished;
}

std::span<const http::field>
relay::passed_on(std::span<const http::field> trailers, const http::name_set* stripped)
{
    trailers_.clear();
    for (const auto& field : trailers)
        if (http::is_allowed_trailer(field.name) && (stripped == nullptr || !stripped->contains(field.name)))
            trailers_.push_back(field);
    return trailers_;
}

task<result<void>> relay::open_tunnel(journey& on)
{
    fields_.push_back({"Upgrade", "websocket"});
    auto client = co_await on.exchange.take_over({101, call_.head().reason, fields_});
    if (!client)
        co_return std::unexpected(client.error());
    end();
    tunnel between(home_, on.tunnels, **client, call_.connection(), std::move(on.tunnel_rules));
    co_await between.run(on.exchange.early_bytes(), call_.early_bytes());
    co_return result<void>();
}

task<void> relay::settle(journey& on)
{
    const auto was_uploading = is_pump_running_;
    if (was_uploading)
    {
        // Answered before the body was read: nobody wants the rest.
        on.exchange.body().abandon();
        call_.connection().close();
        co_await pump_ended_.wait();
    }
    if (auto connection = call_.end(); connection && !was_uploading && !pump_failure_ && !has_more_body_)
        on.through.give_back(std::move(connection));
}

} // namespace sekisho::upstream
