// SPDX-License-Identifier: Apache-2.0
#include "provider/caller.hpp"

#include "base/log.hpp"

#include <utility>

namespace sekisho::provider
{
namespace
{

struct call_row
{
    std::string_view name;
    std::string_view event;
    log::level usual_level;
};

constexpr std::array<call_row, static_cast<std::size_t>(call::count_)> rows{{
    {"metadata", "provider.metadata_request", log::level::debug},
    {"keys", "provider.keys_request", log::level::debug},
    {"token", "provider.token_request", log::level::info},
    {"userinfo", "provider.userinfo_request", log::level::info},
    {"claim_source", "provider.claim_source_request", log::level::info},
    {"refresh", "provider.refresh_request", log::level::debug},
    {"revocation", "provider.revocation_request", log::level::info},
    {"pushed_request", "provider.pushed_request", log::level::debug},
    {"directory", "provider.directory_request", log::level::info},
    {"registration", "provider.registration_request", log::level::info},
}};

std::chrono::milliseconds timeout_of(const call_timeouts& given, call what)
{
    constexpr std::chrono::milliseconds clients_own{0};
    switch (what)
    {
    case call::metadata:
    case call::keys:
        return given.metadata.value_or(clients_own);
    case call::token:
    case call::refresh:
    case call::revocation:
    case call::pushed_request:
        return given.token.value_or(clients_own);
    case call::userinfo:
    case call::claim_source:
        return given.userinfo.value_or(clients_own);
    case call::directory:
    case call::registration:
    case call::count_:
        break;
    }
    return clients_own;
}

bool is_ok(const net::incoming_response& answer) { return answer.status >= 200 && answer.status < 300; }

} // namespace

caller::caller(const configuration& what, const services& with) : caller(what.name, with) { what_ = &what; }

caller::caller(std::string provider_name, const services& with) : name_(std::move(provider_name)), with_(with)
{
    for (std::size_t index = 0; index < rows.size(); ++index)
    {
        const auto labels = metric::label("provider", name_) + "," + metric::label("call", rows[index].name);
        const auto count = [&](std::string_view outcome)
        {
            return &with_.metrics.make_counter(
                "sekisho_provider_calls_total",
                "Calls to the identity provider.",
                labels + "," + metric::label("outcome", outcome)
            );
        };
        samples_[index] = {
            count("ok"),
            count("refused"),
            count("failed"),
            &with_.metrics.make_histogram(
                "sekisho_provider_call_duration_seconds",
                "How long the identity provider took to answer.",
                labels
            )
        };
    }
}

net::task<result<net::incoming_response>> caller::send(call what, net::outgoing_request request)
{
    request.target = address_for_us(request.target);
    if (request.timeout.count() == 0 && what_ != nullptr)
        request.timeout = timeout_of(what_->reach.timeouts, what);
    const auto started = with_.steady_now();
    auto answer = co_await with_.http.send(std::move(request));
    note(what, std::chrono::duration_cast<std::chrono::microseconds>(with_.steady_now() - started), answer);
    co_return answer;
}

url caller::address_for_us(const url& address) const
{
    return what_ == nullptr ? address : provider::address_for_us(what_->reach, what_->issuer, address);
}

void caller::note(call what, std::chrono::microseconds took, const result<net::incoming_response>& answer)
    const
{
    const auto& row = rows.at(static_cast<std::size_t>(what));
    const auto& count = samples_.at(static_cast<std::size_t>(what));
    const auto milliseconds = took.count() / 1000;
    count.duration->observe(static_cast<std::uint64_t>(took.count()));
    if (!answer)
    {
        count.failed->add();
        log::failure(row.event, answer.error(), {{"provider", name_}, {"milliseconds", milliseconds}});
        return;
    }
    (is_ok(*answer) ? count.ok : count.refused)->add();
    log::write(
        is_ok(*answer) ? row.usual_level : log::level::warning,
        row.event,
        {{"provider", name_}, {"status", answer->status}, {"milliseconds", milliseconds}}
    );
}

std::string_view field_of(const net::incoming_response& answer, std::string_view name) noexcept
{
    for (const auto& [each, value] : answer.fields)
        if (http::equal_names(each, name))
            return value;
    return {};
}

std::string fields_of(const net::incoming_response& answer, std::string_view name)
{
    std::string all;
    for (const auto& [each, value] : answer.fields)
        if (http::equal_names(each, name))
            all.append(all.empty() ? "" : ", ").append(value);
    return all;
}

error translated(const error& cause, errc meaning, std::string_view where)
{
    return {meaning, where, cause.detail.empty() ? std::string(describe(cause.code).summary) : cause.detail};
}

} // namespace sekisho::provider
