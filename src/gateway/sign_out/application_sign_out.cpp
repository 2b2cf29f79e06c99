// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/application_sign_out.hpp"

#include "base/log.hpp"
#include "http/cookie.hpp"

#include <string_view>
#include <utility>

namespace sekisho::gateway
{
namespace
{

constexpr std::chrono::seconds patience{5}; // the person waits

std::string cookies_of(const http::request_head& head, const session::jar& ours)
{
    std::string all;
    http::for_each_cookie(
        head.fields,
        [&](const http::cookie& each)
        {
            if (!ours.is_ours(each.name))
                all.append(all.empty() ? "" : "; ").append(each.text);
        }
    );
    return all;
}

// The lines that every request of this person gets, as fields.
void add_identity(http::owned_fields& to, std::string_view lines)
{
    while (!lines.empty())
    {
        const auto end = lines.find("\r\n");
        const auto line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 2);
        if (const auto colon = line.find(": "); colon != std::string_view::npos)
            to.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
}

} // namespace

net::outgoing_request application_call(
    const url& called, const http::request_head& head, const context& about, const session::jar& ours
)
{
    net::outgoing_request made{
        .method = "GET", .target = called, .fields = {{"Accept", "*/*"}}, .body = {}, .timeout = patience
    };
    if (auto cookies = cookies_of(head, ours); !cookies.empty())
        made.fields.emplace_back("Cookie", std::move(cookies));
    made.fields.emplace_back("X-Request-Id", about.request_id);
    if (about.session)
        add_identity(made.fields, about.session->identity_headers);
    return made;
}

net::task<void> sign_out_of_application(
    const application_sign_out& how,
    const net::exchange& exchange,
    const context& about,
    const session::jar& ours
)
{
    if (!how.called || !about.session)
        co_return;
    const net::executor here = co_await net::asio::this_coro::executor;
    auto client = how.make_client(here);
    result<net::incoming_response> answer = fail(errc::network_failure, "application_sign_out");
    if (client)
    {
        auto request = application_call(*how.called, exchange.request(), about, ours);
        answer = co_await (*client)->send(std::move(request));
    }
    else
        answer = std::unexpected(client.error());
    if (!answer)
        co_return log::failure(
            "application_sign_out_failed", answer.error(), {{"request_id", about.request_id}}
        );
    const auto event = answer->status < 400 ? log::level::info : log::level::warning;
    log::write(event, "application_sign_out", {{"status", answer->status}, {"request_id", about.request_id}});
}

} // namespace sekisho::gateway
