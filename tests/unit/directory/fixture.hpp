// SPDX-License-Identifier: Apache-2.0
#pragma once
// A directory with a scripted network, two clocks that stand still, and pauses of no length.

#include "base/log.hpp"
#include "base/metric.hpp"
#include "directory/lookup.hpp"
#include "oidc/claims.hpp"
#include "provider/completion.hpp"
#include "support/fixed_random.hpp"
#include "support/run.hpp"
#include "support/scripted_http_client.hpp"

#include <boost/asio/io_context.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::test
{

struct directory_fixture
{
    directory_fixture() { log::configure(log::level::off, log::format::text); }

    provider::services services()
    {
        return {
            http,
            random,
            metrics,
            context.get_executor(),
            [this] { return now; },
            [this] { return steady; },
        };
    }
    static directory::lookup_limits limits()
    {
        directory::lookup_limits made;
        made.first_pause = std::chrono::milliseconds(0);
        return made;
    }
    void answer(int status, std::string body = {}, sekisho::http::owned_fields fields = {})
    {
        http.answer(net::incoming_response{status, std::move(fields), std::move(body)});
    }
    result<oidc::claims>
    complete(provider::completion& with, std::string_view known = "{}", std::string token = "at-1")
    {
        auto claims = oidc::claims::parse(known, "test").value();
        return run(context, with.complete(std::move(claims), secret(std::move(token))));
    }
    // The targets that were asked, origin and all.
    std::vector<std::string> asked() const
    {
        std::vector<std::string> all;
        for (const auto& each : http.requests())
            all.push_back(each.target.text());
        return all;
    }
    std::string field(std::size_t call, std::string_view name) const
    {
        for (const auto& [each, value] : http.requests().at(call).fields)
            if (sekisho::http::equal_names(each, name))
                return value;
        return {};
    }

    // First, so that it goes last: coroutines left in it may hold what follows only by reference.
    net::asio::io_context context{1};
    scripted_http_client http;
    fixed_random random;
    metric::registry metrics;
    time_point now{std::chrono::seconds(1'790'000'000)};
    provider::steady_time steady{std::chrono::hours(1000)};
};

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

inline net::incoming_response good(std::string body, http::owned_fields fields = {})
{
    return {200, std::move(fields), std::move(body)};
}

} // namespace sekisho::test
