// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_http_client.hpp"

#include <utility>

namespace sekisho::test
{

net::incoming_response json_answer(std::string body)
{
    return {.status = 200, .fields = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

void scripted_http_client::fail_call(std::size_t number, error with)
{
    failing_ = number;
    failure_ = std::move(with);
}

void scripted_http_client::release()
{
    is_held_ = false;
    for (const auto& each : std::exchange(waiting_, {}))
        if (const auto waiting = each.lock())
            waiting->cancel();
}

net::task<result<net::incoming_response>> scripted_http_client::send(net::outgoing_request request)
{
    const auto number = requests_.size();
    requests_.push_back(std::move(request));
    if (is_held_)
    {
        const net::executor here = co_await net::asio::this_coro::executor;
        const auto waiting = std::make_shared<net::wake_up>(here, net::wake_up::time_point::max());
        waiting_.push_back(waiting);
        (void)co_await waiting->async_wait(net::in_tuple);
    }
    co_return next_answer(number);
}

result<net::incoming_response> scripted_http_client::next_answer(std::size_t number)
{
    if (script_.empty())
        return fail(errc::internal_error, "script", "no answer is left for call " + std::to_string(number));
    auto next = std::move(script_.front());
    script_.pop_front();
    if (failing_ == number)
        return std::unexpected(failure_);
    return next;
}

} // namespace sekisho::test
