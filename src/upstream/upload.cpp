// SPDX-License-Identifier: Apache-2.0
#include "upstream/upload.hpp"

#include "http/hop_by_hop.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace sekisho::upstream
{

using net::task;
using std::chrono::steady_clock;

std::span<const http::field> passed_on(
    std::span<const http::field> trailers, const http::name_set* stripped, std::vector<http::field>& into
)
{
    into.clear();
    for (const auto& field : trailers)
        if (http::is_allowed_trailer(field.name) && (stripped == nullptr || !stripped->contains(field.name)))
            into.push_back(field);
    return into;
}

upload::upload(net::worker& home) : home_(home), ended_(home.get_executor()) {}

void upload::begin(net::body_source& from, const http::name_set& stripped)
{
    from_ = &from;
    stripped_ = &stripped;
    const auto length = from.length();
    is_chunked_ = length.what == net::body_length::kind::unknown;
    is_waiting_ = length.what != net::body_length::kind::none;
    is_running_ = has_begun_ = false;
    failure_.reset();
    writing_since_.reset();
}

task<result<void>> upload::send_with(std::span<const char> head, net::stream& to)
{
    to_ = &to;
    ended_at_ = steady_clock::now();
    has_begun_ = true;
    auto piece = co_await from_->read();
    if (!piece)
        co_return std::unexpected(piece.error());
    auto written = is_chunked_ ? co_await to.write(head) : co_await to.write(head, as_text(*piece));
    if (written && is_chunked_)
        written = piece->empty() ? co_await send_end() : co_await send_piece(*piece);
    if (!written)
        co_return written;
    if (piece->empty())
        is_waiting_ = false;
    else
        start(to);
    co_return written;
}

void upload::start(net::stream& to)
{
    to_ = &to;
    is_waiting_ = false;
    has_begun_ = is_running_ = true;
    ended_.close();
    home_.spawn("upload", run());
}

task<void> upload::stop()
{
    from_->abandon();
    to_->close();
    co_await ended_.wait();
}

task<void> upload::run()
{
    auto sent = co_await send_all();
    if (!sent)
    {
        failure_ = std::move(sent.error());
        // The client's failure ends the request at the application too; a failure of the application's
        // connection may have an answer behind it.
        if (failure_->code != errc::upstream_unreachable)
            to_->close();
    }
    is_running_ = false;
    ended_at_ = steady_clock::now();
    ended_.open();
}

task<result<void>> upload::send_all()
{
    for (;;)
    {
        auto piece = co_await from_->read();
        if (!piece)
            co_return std::unexpected(piece.error());
        if (piece->empty())
            co_return is_chunked_ ? co_await send_end() : result<void>();
        writing_since_ = steady_clock::now();
        auto written = co_await send_piece(*piece);
        writing_since_.reset();
        if (!written)
            co_return fail(errc::upstream_unreachable, "upstream.body", std::move(written.error().detail));
    }
}

task<result<void>> upload::send_end()
{
    std::string last("0\r\n");
    for (const auto& field : passed_on(from_->trailers(), stripped_, trailers_))
        last.append(field.name).append(": ").append(field.value).append("\r\n");
    last.append("\r\n");
    auto ended = co_await to_->write(last);
    co_return ended;
}

task<result<void>> upload::send_piece(byte_view piece)
{
    if (!is_chunked_)
        co_return co_await to_->write(as_text(piece));
    std::array<char, 20> head{};
    auto* at = std::to_chars(head.data(), head.data() + 16, piece.size(), 16).ptr;
    at = std::ranges::copy(std::string_view("\r\n"), at).out;
    co_return co_await to_->write({head.data(), at}, as_text(piece), std::string_view("\r\n"));
}

} // namespace sekisho::upstream
