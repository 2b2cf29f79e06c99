// SPDX-License-Identifier: Apache-2.0
#include "upstream/tunnel.hpp"

#include <utility>

namespace sekisho::upstream
{

using net::task;

void tunnel_list::end_all(http::websocket_close why)
{
    for (auto* each = first_; each != nullptr; each = each->next_)
        each->end(why);
}

tunnel::tunnel(net::worker& home, tunnel_list& list, net::stream& client, net::stream& upstream, rules by)
    : home_(home), list_(list), rules_(std::move(by)), to_upstream_{client, upstream, {}},
      to_client_{upstream, client, {}}, back_ended_(home.get_executor()),
      idle_(home.deadlines(), idle_expired, this), life_(home.deadlines(), life_expired, this),
      closing_(home.deadlines(), close_expired, this)
{
    next_ = list_.first_;
    if (next_ != nullptr)
        next_->previous_ = this;
    list_.first_ = this;
    ++list_.size_;
    // The tunnel's own limits rule from here on.
    client.expires_after({});
    upstream.expires_after({});
    life_.expires_after(rules_.life_time);
    touch();
}

tunnel::~tunnel()
{
    (previous_ != nullptr ? previous_->next_ : list_.first_) = next_;
    if (next_ != nullptr)
        next_->previous_ = previous_;
    --list_.size_;
}

void tunnel::touch() noexcept { idle_.expires_after(rules_.idle_time); }

void tunnel::idle_expired(void* self) noexcept
{
    static_cast<tunnel*>(self)->end(http::websocket_close::going_away);
}

void tunnel::life_expired(void* self) noexcept
{
    static_cast<tunnel*>(self)->end(http::websocket_close::policy_violation);
}

void tunnel::close_expired(void* self) noexcept
{
    auto& expired = *static_cast<tunnel*>(self);
    expired.to_upstream_.from.close();
    expired.to_upstream_.to.close();
}

void tunnel::end(http::websocket_close why) noexcept
{
    if (end_with_)
        return;
    end_with_ = why;
    closing_.expires_after(std::chrono::milliseconds(1000)
    ); // for frames that never end and peers that never answer
    try_to_close();
}

bool tunnel::send_close(direction& way, const std::string& frame) noexcept
{
    if (way.is_writing || !way.frames.is_between_frames())
        return false;
    // A peer that takes nothing now will not be told; closing tells it.
    way.to.try_write(frame);
    return true;
}

void tunnel::try_to_close() noexcept
{
    client_told_ = client_told_ || send_close(to_client_, http::close_frame(*end_with_));
    upstream_told_ =
        upstream_told_ || send_close(to_upstream_, http::masked_close_frame(*end_with_, rules_.mask));
    if (!client_told_ || !upstream_told_)
        return;
    to_client_.to.shutdown_send();
    to_upstream_.to.shutdown_send();
    boost::system::error_code ignored;
    to_client_.from.socket().cancel(ignored);
    to_upstream_.from.socket().cancel(ignored);
}

bool tunnel::is_told(const direction& way) const noexcept
{
    return &way == &to_client_ ? client_told_ : upstream_told_;
}

task<bool> tunnel::pass(direction& way, std::span<const char> bytes)
{
    if (bytes.empty())
        co_return true;
    way.is_writing = true;
    auto written = co_await way.to.write(bytes);
    way.is_writing = false;
    way.frames.pass(bytes);
    if (end_with_)
        try_to_close();
    touch();
    co_return written && !is_told(way);
}

task<void> tunnel::pump(direction& way, std::span<const char> first)
{
    auto goes_on = co_await pass(way, first);
    while (goes_on)
    {
        // No memory is held while nothing comes.
        auto readable = co_await way.from.wait_readable();
        if (!readable || is_told(way))
            break;
        const auto memory = home_.blocks().borrow();
        auto size = co_await way.from.read_some(memory.span());
        if (!size)
            break;
        goes_on = co_await pass(way, memory.span().first(*size));
    }
    if (end_with_)
        co_return;
    // One side has ended its half; the other may still finish, but not for ever.
    closing_.expires_after(std::chrono::milliseconds(10000));
    if (way.to.is_open())
        way.to.shutdown_send();
}

task<void> tunnel::pump_back(std::span<const char> first)
{
    co_await pump(to_client_, first);
    back_ended_.open();
}

task<void> tunnel::run(std::span<const char> from_client, std::span<const char> from_upstream)
{
    back_ended_.close();
    home_.spawn("tunnel", pump_back(from_upstream));
    co_await pump(to_upstream_, from_client);
    co_await back_ended_.wait();
    to_client_.to.close();
    to_upstream_.to.close();
}

} // namespace sekisho::upstream
