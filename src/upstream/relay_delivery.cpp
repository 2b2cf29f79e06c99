// SPDX-License-Identifier: Apache-2.0
// The answer's way to the client, and what lasts only as long as its session: WebSockets and event streams.
#include "http/hop_by_hop.hpp"
#include "upstream/relay.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::upstream
{

using net::task;
using std::chrono::milliseconds;

namespace
{

// WHATWG HTML, 9.2.5: of whatever parameters.
bool is_event_stream(std::span<const http::field> fields)
{
    const auto type = http::find(fields, "Content-Type");
    return type && http::equal_names(http::trimmed(type->substr(0, type->find(';'))), "text/event-stream");
}

// At least a moment, for none would be no limit; zero when nothing ends it.
milliseconds time_left(time_point until)
{
    if (until == time_point::max())
        return milliseconds(0);
    return std::max(milliseconds(until - wall_clock_now()), milliseconds(1));
}

} // namespace

void relay::end_session() noexcept
{
    has_session_ended_ = true;
    if (tunnel_ != nullptr)
        tunnel_->end(http::websocket_close::policy_violation);
    if (stream_to_ != nullptr)
        cut_stream();
}

// No clean end: whoever reads it must not take what came for all there was.
void relay::cut_stream() noexcept
{
    is_cut_ = true;
    stream_to_->cut();
    call_.abandon();
}

void relay::life_expired(void* self) noexcept { static_cast<relay*>(self)->cut_stream(); }

bool relay::is_over(const journey& on) const
{
    return has_session_ended_ ||
           (on.session_ends != time_point::max() && wall_clock_now() >= on.session_ends);
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
    const auto streams = is_event_stream(head.fields);
    if ((streams || head.status == 101) && is_over(on))
    {
        call_.abandon();
        co_return fail(errc::session_required, "upstream.answer", "the session ended before it could begin");
    }
    on.editor.edit(head.status, fields_);
    if (head.status == 101)
    {
        auto ended = co_await open_tunnel(on);
        co_return ended;
    }
    call_.limit_pauses(on.through.to().idle_time);
    if (streams)
    {
        stream_to_ = &on.exchange;
        life_.expires_after(time_left(on.session_ends));
    }
    auto sink = co_await on.exchange.respond({head.status, head.reason, fields_}, call_.length());
    result<void> sent;
    if (sink)
        sent = co_await copy_body(**sink);
    else
        sent = std::unexpected(sink.error());
    if (is_cut_)
        co_return fail(errc::session_required, "upstream.body", "the session ended, so the event stream did");
    co_return sent;
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
    auto finished = co_await to.finish(passed_on(call_.trailers(), nullptr, trailers_));
    co_return finished;
}

task<result<void>> relay::open_tunnel(journey& on)
{
    fields_.push_back({"Upgrade", "websocket"});
    auto client = co_await on.exchange.take_over({101, call_.head().reason, fields_});
    if (!client)
        co_return std::unexpected(client.error());
    end();
    on.tunnel_rules.life_time = time_left(on.session_ends);
    tunnel between(home_, on.tunnels, **client, call_.connection(), std::move(on.tunnel_rules));
    tunnel_ = &between;
    if (has_session_ended_) // while the head was on its way
        end_session();
    co_await between.run(on.exchange.early_bytes(), call_.early_bytes());
    co_return result<void>();
}

} // namespace sekisho::upstream
