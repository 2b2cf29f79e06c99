// SPDX-License-Identifier: Apache-2.0
#include "gateway/local/posted_form.hpp"

#include "gateway/form/own_form.hpp"
#include "gateway/parameters.hpp"

#include <string>

namespace sekisho::gateway
{

net::task<result<http::form>>
read_own_form(net::exchange& exchange, const context& about, url origin, std::string_view where)
{
    if (!is_from_our_origin(exchange.request(), origin))
    {
        exchange.close_after(); // the body is not read
        co_return fail(
            errc::cross_site_refused,
            where,
            "a form of another site: " + origin_difference(exchange.request(), origin)
        );
    }
    auto form = co_await read_parameters(exchange, about);
    co_return form;
}

error come_back_in(std::chrono::seconds wait, std::string_view where)
{
    return {errc::too_many_attempts, where, "try again in " + std::to_string(wait.count()) + " s"};
}

net::task<void> deliver(net::exchange& exchange, const http::response& answer)
{
    auto sent = co_await net::send(exchange, answer);
    if (!sent)
        exchange.close_after();
}

} // namespace sekisho::gateway
