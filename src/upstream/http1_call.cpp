// SPDX-License-Identifier: Apache-2.0
#include "upstream/http1_call.hpp"

#include "http/hop_by_hop.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::upstream
{

using net::task;

namespace
{

// How long nothing may come before we look whether the client still waits.
constexpr std::chrono::milliseconds look_around{1000};
constexpr std::size_t most_fields = 200;

} // namespace

http1_call::http1_call(net::worker& home) : home_(home) { fields_.head.reserve(64); }

void http1_call::begin(
    std::unique_ptr<net::stream> connection, std::string_view method, net::exchange& watched
)
{
    connection_ = std::move(connection);
    method_ = method;
    watched_ = &watched;
    if (!input_.has_memory())
        input_.use(home_.slabs().borrow());
    else
        input_.consume(input_.unused().size());
    input_.compact();
    head_ = {.status = 0, .reason = {}, .fields = {}};
    seen_ = 0;
    has_received_ = is_persistent_ = has_ended_ = false;
    body_ = {};
}

std::unique_ptr<net::stream> http1_call::end()
{
    const auto reusable = is_persistent_ && body_.is_done() && !has_ended_ && input_.is_empty();
    input_.release();
    auto connection = std::move(connection_);
    return reusable ? std::move(connection) : nullptr;
}

task<result<void>> http1_call::receive_head(std::chrono::milliseconds patience)
{
    if (head_.status != 0)
    {
        // Behind an interim answer comes another head.
        head_.status = 0;
        seen_ = 0;
    }
    connection_->read_expires_after(patience);
    for (;;)
    {
        const auto arrived = input_.text();
        if (const auto end = net::find_head_end(arrived, seen_); end != std::string_view::npos)
        {
            input_.consume(end);
            co_return understand_head(arrived.substr(0, end));
        }
        seen_ = arrived.size();
        if (input_.room().empty())
            co_return fail(errc::upstream_protocol_error, "upstream.head", "larger than 128 KiB");
        auto size = co_await connection_->read_some(input_.room());
        if (!size)
            co_return std::unexpected(size.error());
        has_received_ = true;
        input_.commit(*size);
    }
}

result<void> http1_call::understand_head(std::string_view head)
{
    fields_.clear();
    auto line = http::read_response_head(head, fields_.head, most_fields);
    if (!line)
        return std::unexpected(std::move(line.error()));
    head_ = {line->status, line->reason, fields_.head};
    version_ = line->version;
    auto framing = http::response_framing(head_.fields, version_, head_.status, method_);
    if (!framing)
        return std::unexpected(std::move(framing.error()));
    framing_ = *framing;
    body_ = net::http1_body(framing_);
    const http::connection_options options(head_.fields);
    is_persistent_ =
        http::is_persistent(options, version_) && framing_.kind != http::framing_kind::until_close;
    return {};
}

net::body_length http1_call::length() const noexcept
{
    switch (framing_.kind)
    {
    case http::framing_kind::length:
        return net::body_length::known(framing_.length);
    case http::framing_kind::none:
    {
        // HEAD and 304 tell the length of what is not sent.
        const auto told = http::find(head_.fields, "Content-Length");
        const auto size =
            told ? http::parse_content_length(*told) : result<std::uint64_t>(std::unexpected(error{}));
        return size ? net::body_length::known(*size) : net::body_length::none();
    }
    default:
        return net::body_length::unknown();
    }
}

task<result<std::size_t>> http1_call::receive_more()
{
    for (std::chrono::milliseconds waited{0};; waited += look_around)
    {
        const auto patience =
            idle_time_.count() == 0 ? look_around : std::min(look_around, idle_time_ - waited);
        connection_->read_expires_after(patience);
        auto size = co_await connection_->read_some(input_.room());
        if (size || size.error().code != errc::network_timeout)
            co_return size;
        if (idle_time_.count() != 0 && waited + patience >= idle_time_)
            co_return fail(errc::upstream_timeout, "upstream.body", "nothing came in time");
        if (watched_->is_client_gone())
            co_return fail(errc::client_gone, "upstream.body");
    }
}

task<result<byte_view>> http1_call::read()
{
    for (;;)
    {
        if (body_.is_done())
            co_return byte_view();
        if (!input_.is_empty())
        {
            auto piece = body_.read(input_.unused(), fields_, most_fields);
            if (!piece)
                co_return fail(
                    errc::upstream_protocol_error, "upstream.body", std::move(piece.error().detail)
                );
            input_.consume(piece->used);
            if (!piece->data.empty())
                co_return std::as_bytes(piece->data);
            if (body_.is_done())
                co_return byte_view();
        }
        if (input_.is_empty() || input_.room().size() < input_.capacity() / 2)
            input_.compact();
        if (input_.room().empty())
            co_return fail(
                errc::upstream_protocol_error, "upstream.body", "a chunk's head or the trailers are too long"
            );
        auto size = co_await receive_more();
        if (size)
        {
            input_.commit(*size);
            continue;
        }
        has_ended_ = true;
        if (size.error().code == errc::upstream_timeout || size.error().code == errc::client_gone)
            co_return std::unexpected(size.error());
        if (size.error().code == errc::end_of_stream && framing_.kind == http::framing_kind::until_close)
        {
            body_.end();
            co_return byte_view();
        }
        co_return fail(errc::upstream_protocol_error, "upstream.body", "cut short: " + size.error().detail);
    }
}

} // namespace sekisho::upstream
