// SPDX-License-Identifier: Apache-2.0
#include "support/exchange_builder.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

namespace sekisho::test
{
namespace
{

bool same_name(std::string_view left, std::string_view right)
{
    return std::ranges::equal(
        left,
        right,
        [](unsigned char one, unsigned char other) { return std::tolower(one) == std::tolower(other); }
    );
}

constexpr std::size_t piece_size = 16 * 1024;

} // namespace

std::string client_answer::field(std::string_view name) const
{
    const auto values = all(name);
    return values.empty() ? std::string() : values.front();
}

std::vector<std::string> client_answer::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto& [each, value] : fields)
        if (same_name(each, name))
            values.push_back(value);
    return values;
}

fake_exchange::fake_exchange(client_request asked) : asked_(std::move(asked))
{
    for (const auto& [name, value] : asked_.fields)
        fields_.push_back({name, value});
    head_ = {asked_.method, asked_.target, 11, fields_};
    peer_.address = net::asio::ip::make_address("192.0.2.7");
}

net::task<result<net::body_sink*>>
fake_exchange::respond(const http::response_head& head, net::body_length /*length*/)
{
    if (answer_.status != 0)
        throw std::logic_error("the exchange was answered twice");
    if (broken_)
        co_return std::unexpected(*broken_);
    answer_.status = head.status;
    for (const auto& each : head.fields)
        answer_.fields.emplace_back(each.name, each.value);
    co_return static_cast<net::body_sink*>(this);
}

net::task<result<void>> fake_exchange::inform(const http::response_head& /*head*/)
{
    co_return result<void>{};
}

net::task<result<net::stream*>> fake_exchange::take_over(const http::response_head& /*head*/)
{
    throw std::logic_error("nobody takes this exchange over");
    co_return nullptr;
}

net::worker& fake_exchange::home() noexcept { std::terminate(); }

net::body_length fake_exchange::length() const noexcept
{
    return net::body_length::known(asked_.body.size());
}

net::task<result<byte_view>> fake_exchange::read()
{
    if (asked_.body_failure)
        co_return std::unexpected(*asked_.body_failure);
    const auto rest = std::string_view(asked_.body).substr(read_, piece_size);
    read_ += rest.size();
    co_return std::as_bytes(std::span(rest));
}

net::task<result<void>> fake_exchange::write(byte_view piece, net::flush /*when*/)
{
    const auto* const text = reinterpret_cast<const char*>(piece.data());
    answer_.body.append(text, piece.size());
    co_return result<void>{};
}

net::task<result<void>> fake_exchange::finish(std::span<const http::field> /*trailers*/)
{
    answer_.is_finished = true;
    co_return result<void>{};
}

} // namespace sekisho::test
