// SPDX-License-Identifier: Apache-2.0
#include "net/exchange.hpp"

#include <vector>

namespace sekisho::net
{

task<result<void>> send(exchange& to, const http::response& answer)
{
    std::vector<http::field> fields;
    fields.reserve(answer.fields.size());
    for (const auto& [name, value] : answer.fields)
        fields.push_back({name, value});
    auto sink = co_await to.respond({answer.status, {}, fields}, body_length::known(answer.body.size()));
    if (!sink)
        co_return std::unexpected(sink.error());
    auto written = co_await (*sink)->write(as_bytes(answer.body), flush::later);
    if (!written)
        co_return written;
    co_return co_await (*sink)->finish();
}

} // namespace sekisho::net
