// SPDX-License-Identifier: Apache-2.0
#include "net/redis/connection.hpp"

#include "net/redis/failure.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::net
{
namespace
{

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t most_pending = 100'000;
constexpr std::size_t most_unsent = 64UL * 1024 * 1024;

} // namespace

// One command's answer, to come.
struct redis_connection::waiting
{
    explicit waiting(executor home) : answered(home) {}
    wake_up answered;
    std::optional<result<redis_reply>> answer;

    void give(result<redis_reply> what)
    {
        answer.emplace(std::move(what));
        answered.cancel();
    }
};

redis_connection::redis_connection(
    worker& home, redis_address to, redis_access by, std::unique_ptr<stream> over
)
    : home_(home), to_(std::move(to)), by_(std::move(by)), stream_(std::move(over)), reader_(by_.limits),
      heard_at_(steady_clock::now())
{
}

task<result<redis_connection_ptr>> redis_connection::open(worker& home, redis_address to, redis_access by)
{
    const auto end = steady_clock::now() + by.connect_time;
    auto over = co_await open_redis_stream(home, to, by.tls, by.connect_time);
    if (!over)
        co_return std::unexpected(over.error());
    (*over)->expires_after(milliseconds(0)); // from here on each command has its own limit
    redis_connection_ptr made(new redis_connection(home, std::move(to), std::move(by), std::move(*over)));
    home.spawn("redis.read", read(made));
    auto introduced = co_await made->introduce(end);
    if (introduced)
        co_return made;
    made->break_off(introduced.error());
    co_return std::unexpected(introduced.error());
}

task<result<void>> redis_connection::introduce(steady_clock::time_point end)
{
    if (!by_.password.empty())
    {
        redis_words sign_in{"AUTH", std::string(by_.password.reveal())};
        if (!by_.username.empty())
            sign_in.insert(sign_in.begin() + 1, by_.username);
        auto signed_in = co_await expect_success(std::move(sign_in), end);
        if (!signed_in)
            co_return signed_in;
    }
    if (const auto database = to_.database.value_or(by_.database); database != 0)
    {
        auto chosen = co_await expect_success({"SELECT", std::to_string(database)}, end);
        if (!chosen)
            co_return chosen;
    }
    // Only a courtesy to whoever reads CLIENT LIST: an ACL may forbid it.
    auto named = co_await call({"CLIENT", "SETNAME", by_.client_name});
    if (!named)
        co_return std::unexpected(named.error());
    // A server that is loading, or wants a password, says so here.
    co_return co_await expect_success({"PING"}, end);
}

task<result<void>> redis_connection::expect_success(redis_words command, steady_clock::time_point end)
{
    const auto left = std::max(std::chrono::ceil<milliseconds>(end - steady_clock::now()), milliseconds(1));
    auto reply = co_await answer_to(enqueue(command), left);
    if (!reply)
        co_return std::unexpected(reply.error());
    if (reply->is_error())
        co_return fail(errc::network_failure, "redis", to_text(to_) + ": " + explain_redis_error(*reply));
    co_return result<void>();
}

redis_connection::waiting_ptr redis_connection::enqueue(const redis_words& command)
{
    auto mine = std::make_shared<waiting>(home_.get_executor());
    if (broken_)
        mine->give(std::unexpected(*broken_));
    else if (pending_.size() >= most_pending || unsent_.size() >= most_unsent)
        mine->give(fail(errc::network_failure, "redis", to_text(to_) + " is too slow: too much waits for it")
        );
    if (mine->answer)
        return mine;
    pending_.push_back(mine);
    unsent_ += encode_command(command);
    if (!is_writing_)
    {
        is_writing_ = true;
        home_.spawn("redis.write", write(shared_from_this()));
    }
    return mine;
}

task<result<redis_reply>> redis_connection::answer_to(waiting_ptr mine, milliseconds at_most)
{
    const auto self = shared_from_this();
    if (!mine->answer)
    {
        mine->answered.expires_after(at_most);
        co_await mine->answered.async_wait(in_tuple);
    }
    if (!mine->answer)
        break_off(
            {errc::network_timeout,
             "redis",
             to_text(to_) + " did not answer within " + std::to_string(at_most.count()) + " ms"}
        );
    co_return std::move(*mine->answer);
}

task<result<redis_reply>> redis_connection::call(redis_words command)
{
    auto answer = co_await answer_to(enqueue(command), by_.command_time);
    co_return answer;
}

task<result<redis_reply>> redis_connection::call_behind(redis_words first, redis_words then)
{
    enqueue(first);
    auto answer = co_await answer_to(enqueue(then), by_.command_time);
    co_return answer;
}

task<void> redis_connection::write(redis_connection_ptr self)
{
    std::string sending;
    while (!self->unsent_.empty() && self->is_open())
    {
        sending.clear();
        sending.swap(self->unsent_);
        auto written = co_await self->stream_->write(sending);
        if (!written)
            self->break_off(written.error());
    }
    self->is_writing_ = false;
}

task<void> redis_connection::read(redis_connection_ptr self)
{
    std::array<char, 16UL * 1024> block; // NOLINT: filled before it is read
    while (self->is_open())
    {
        auto size = co_await self->stream_->read_some(block);
        if (!size)
        {
            self->break_off(size.error());
            break;
        }
        self->heard_at_ = steady_clock::now();
        if (auto taken = self->take(std::span<const char>(block).first(*size)); !taken)
            self->break_off(taken.error());
    }
}

result<void> redis_connection::take(std::span<const char> bytes)
{
    if (auto fed = reader_.feed(bytes); !fed)
        return fed;
    while (is_open())
    {
        auto reply = reader_.next();
        if (!reply)
            return std::unexpected(reply.error());
        if (!*reply)
            break;
        if (auto delivered = deliver(std::move(**reply)); !delivered)
            return delivered;
    }
    return {};
}

result<void> redis_connection::deliver(redis_reply reply)
{
    if (reply.is_list() && reply.list.size() == 3 && reply.list[0].text == "message" && on_message_)
    {
        on_message_(std::move(reply.list[2].text));
        return {};
    }
    if (pending_.empty())
        return fail(
            errc::value_malformed,
            "redis",
            "an answer came that nobody asked for: " + reply.text.substr(0, 100)
        );
    const auto mine = std::move(pending_.front());
    pending_.pop_front();
    mine->give(std::move(reply));
    return {};
}

void redis_connection::break_off(error why)
{
    if (broken_)
        return;
    if (why.code == errc::end_of_stream)
        why = {errc::network_failure, "redis", "the server closed the connection"};
    if (!why.detail.contains(to_text(to_)))
        why.detail = to_text(to_) + ": " + why.detail;
    broken_ = std::move(why);
    // Not closed before its reader and its writer have gone: the number of a closed socket is soon another's.
    boost::system::error_code ignored;
    stream_->socket().shutdown(tcp_socket::shutdown_both, ignored);
    stream_->socket().cancel(ignored);
    for (const auto& each : std::exchange(pending_, {}))
        each->give(std::unexpected(*broken_));
    if (const auto tell = std::exchange(on_break_, nullptr))
        tell();
}

} // namespace sekisho::net
