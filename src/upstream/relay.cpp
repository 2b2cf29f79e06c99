// SPDX-License-Identifier: Apache-2.0
#include "upstream/relay.hpp"

#include "http/head_writer.hpp"
#include "http/hop_by_hop.hpp"

#include <algorithm>
#include <array>
#include <exception>
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

relay::relay(net::worker& home)
    : home_(home), call_(home), upload_(home), life_(home.deadlines(), life_expired, this)
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
    head_size_ = head_size;
    is_fresh_only_ = has_session_ended_ = is_cut_ = false;
    upload_.begin(on.exchange.body(), on.stripped);
    finish_head(on.exchange.body().length());
    result<void> answered;
    std::exception_ptr thrown; // memory has run out: the upload must not outlive this call all the same
    try
    {
        answered = co_await run_attempts(on);
        if (answered)
            answered = co_await deliver(on);
    }
    catch (...)
    {
        thrown = std::current_exception();
    }
    tunnel_ = nullptr;
    stream_to_ = nullptr;
    life_.clear();
    co_await settle(on);
    if (thrown)
        std::rethrow_exception(thrown);
    if (!answered && upload_.failure() && on.exchange.status() == 0)
        co_return std::unexpected(std::move(*upload_.failure())); // it came first
    co_return answered;
}

void relay::finish_head(net::body_length body)
{
    http::flat_writer to(head_.span().subspan(head_size_));
    if (upload_.is_chunked())
        to.field("Transfer-Encoding", "chunked");
    else if (upload_.is_waiting())
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
           !call_.has_received() && !upload_.has_begun() && is_idempotent(on.exchange.request().method);
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
    connection.expires_after(on.through.to().response_time);
    const auto head = head_.span().first(head_size_);
    sent_at_ = steady_clock::now();
    // A body that has arrived with its head leaves with it too.
    if (upload_.is_waiting() && upload_.is_ready())
        co_return co_await upload_.send_with(head, connection);
    auto written = co_await connection.write(head);
    const auto& request = on.exchange.request();
    if (written && upload_.is_waiting() &&
        (request.version < 11 || !http::has_token(request.fields, "Expect", "100-continue")))
        upload_.start(connection);
    co_return written;
}

steady_clock::time_point relay::waiting_since() const noexcept
{
    return upload_.has_begun() ? upload_.ended_at() : sent_at_;
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
            if (upload_.is_waiting())
                upload_.start(call_.connection());
            else if (on.exchange.is_client_gone())
                co_return fail(errc::client_gone, "upstream.answer");
            else if (const auto since = upload_.writing_since();
                     since && steady_clock::now() - *since >= limit)
                co_return fail(errc::upstream_timeout, "upstream.request", "the application takes nothing");
            else if (!upload_.is_running() && steady_clock::now() - waiting_since() >= limit)
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
        if (status == 100 && upload_.is_waiting())
            upload_.start(call_.connection()); // reading the body tells the client to go on
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

task<void> relay::settle(journey& on)
{
    const auto was_uploading = upload_.is_running();
    if (was_uploading) // answered before the body was read
        co_await upload_.stop();
    const auto is_clean = !was_uploading && !upload_.failure() && !upload_.is_waiting();
    if (auto connection = call_.end(); connection && is_clean)
        on.through.give_back(std::move(connection));
}

} // namespace sekisho::upstream
