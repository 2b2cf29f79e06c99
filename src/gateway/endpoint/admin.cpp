// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/admin.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "base/time.hpp"
#include "gateway/answers.hpp"

#include <nlohmann/json.hpp>

#include <string_view>
#include <utility>

namespace sekisho::gateway
{
namespace
{

http::response plain(int status, std::string body)
{
    http::response answer{.status = status, .fields = {}, .body = std::move(body)};
    answer.fields = {
        {"Content-Type", "text/plain; charset=utf-8"},
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
    };
    return answer;
}

std::string_view path_of(const http::request_head& head)
{
    return head.target.substr(0, head.target.find('?'));
}

dependency of(std::string name, const provider::document_state& state)
{
    dependency made{std::move(name), dependency::state::not_ready, {}};
    if (state.is_usable)
        made.is = dependency::state::ready;
    if (state.what == provider::document_state::kind::never_fetched)
        made.detail = "not fetched yet";
    if (state.what == provider::document_state::kind::failing)
        made.detail = "failing since " + format_time(state.since);
    if (state.last_error)
        made.detail.append("; ").append(to_text(*state.last_error));
    return made;
}

} // namespace

std::vector<dependency> provider_dependencies(const provider::registry& providers)
{
    std::vector<dependency> all;
    for (const auto& provider : providers.all())
    {
        all.push_back(of("provider." + provider->name() + ".metadata", provider->metadata_state()));
        if (provider->settings().protocol == provider::protocol::openid_connect)
            all.push_back(of("provider." + provider->name() + ".keys", provider->key_state()));
    }
    return all;
}

net::task<void> admin::handle(net::exchange& request)
{
    const auto& head = request.request();
    http::response answer;
    if (sessions_.has(path_of(head)))
        answer = co_await sessions_.answer(request);
    else
        answer = answer_to(head);
    auto sent = co_await net::send(request, answer);
    if (!sent)
        request.close_after();
}

net::task<void> admin::refuse(net::exchange& request, error why)
{
    log::failure("admin_refused", why);
    const auto& row = describe(why.code);
    auto sent = co_await net::send(request, plain(row.status, std::string(row.name).append("\n")));
    request.close_after();
}

http::response admin::answer_to(const http::request_head& head) const
{
    const auto path = path_of(head);
    if (path != "/healthz" && path != "/readyz" && path != "/metrics")
        return plain(404, "There is /healthz, /readyz and /metrics.\n");
    if (head.method != "GET" && head.method != "HEAD")
    {
        auto answer = plain(405, "GET or HEAD\n");
        answer.fields.emplace_back("Allow", "GET, HEAD");
        return answer;
    }
    if (path == "/healthz")
        return plain(200, "ok\n");
    if (path == "/readyz")
        return readiness();
    auto answer = plain(200, metrics_.expose());
    answer.fields.front().second = "text/plain; version=0.0.4; charset=utf-8";
    return answer;
}

http::response admin::readiness() const
{
    auto dependencies = json::array();
    auto is_ready = true;
    for (const auto& ask : probes_)
        for (const auto& each : ask())
        {
            const auto works = each.is == dependency::state::ready;
            is_ready = is_ready && works;
            json one{{"name", each.name}, {"ready", works}};
            if (!each.detail.empty())
                one["detail"] = is_utf8(each.detail) ? each.detail : "";
            dependencies.push_back(std::move(one));
        }
    return json_answer(
        is_ready ? 200 : 503, json{{"ready", is_ready}, {"dependencies", std::move(dependencies)}}
    );
}

} // namespace sekisho::gateway
