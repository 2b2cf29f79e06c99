// SPDX-License-Identifier: Apache-2.0
#include "app/check/reach.hpp"

#include "oidc/issuer.hpp"
#include "provider/authorization_address.hpp"
#include "provider/reach.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace sekisho::app
{
namespace
{

url for_us(const provider::configuration& what, const url& address)
{
    return provider::address_for_us(what.reach, what.issuer, address);
}

check_finding judge_answer(const given_address& asked, const url& target, const result<int>& status)
{
    const auto whom = "oidc." + std::string(asked.setting) + ": " + target.text();
    if (status)
        return {
            check_code::provider_address_reachable, whom + " answers (status " + std::to_string(*status) + ")"
        };
    const auto code = asked.use == address_use::called ? check_code::provider_address_unreachable
                                                       : check_code::provider_address_unseen;
    return {code, whom + ": " + detail_of(status.error())};
}

void add(std::vector<url>& to, const url& address)
{
    const auto is_known = [&](const url& each) { return same_origin(each, address); };
    if (std::ranges::none_of(to, is_known))
        to.push_back(address);
}

} // namespace

std::string detail_of(const error& failure)
{
    return failure.detail.empty() ? std::string(describe(failure.code).summary) : failure.detail;
}

std::vector<given_address> given_addresses(const provider::configuration& what)
{
    using enum address_use;
    const auto& given = what.reach.endpoints;
    const auto of_userinfo = what.userinfo == provider::userinfo_policy::never ? elsewhere : called;
    std::vector<given_address> made;
    const auto note = [&](std::string_view setting, const std::optional<url>& address, address_use use)
    {
        if (address)
            made.push_back({setting, *address, use});
    };
    note("authorization_endpoint", given.authorization_endpoint, elsewhere);
    note("token_endpoint", given.token_endpoint, oidc::has_code(what.flow) ? called : elsewhere);
    note("userinfo_endpoint", given.userinfo_endpoint, of_userinfo);
    note("end_session_endpoint", given.end_session_endpoint, elsewhere);
    note("introspection_endpoint", given.introspection_endpoint, elsewhere);
    note("revocation_endpoint", given.revocation_endpoint, elsewhere);
    note(
        "pushed_authorization_request_endpoint",
        given.pushed_authorization_request_endpoint,
        what.wishes.pushed == provider::pushing::always ? called : elsewhere
    );
    return made;
}

std::vector<url> called_origins(const provider::configuration& what, const oidc::metadata* metadata)
{
    std::vector<url> made;
    if (!what.reach.metadata)
        add(made, for_us(what, provider::document_address(what.reach, what.issuer)));
    if (metadata == nullptr)
        return made;
    for (const auto* const each :
         {&metadata->token_endpoint, &metadata->userinfo_endpoint, &metadata->jwks_uri})
        if (*each)
            add(made, for_us(what, **each));
    if (const auto& each = metadata->pushed_authorization_request_endpoint;
        each && provider::pushes(what, *metadata))
        add(made, for_us(what, *each));
    return made;
}

check_findings judge_way(
    const provider::configuration& what,
    const oidc::metadata* metadata,
    const http::outbound_proxies& proxies,
    std::string_view source
)
{
    check_findings found;
    if (what.reach.back_channel)
        found.push_back(
            {check_code::provider_back_channel,
             "what the issuer's host has is asked for at " + what.reach.back_channel->origin()}
        );
    std::map<std::string, std::string> through; // origins by proxy
    for (const auto& each : called_origins(what, metadata))
        if (const auto* const proxy = http::proxy_for(proxies, each))
        {
            auto& origins = through[proxy->address.authority()];
            origins.append(origins.empty() ? "" : ", ").append(each.origin());
        }
    for (const auto& [proxy, origins] : through)
        found.push_back(
            {check_code::provider_proxy, origins + " through " + proxy + " (" + std::string(source) + ")"}
        );
    return found;
}

net::task<visit> visit_addresses(const provider::configuration& what, net::http_client& http)
{
    visit made;
    for (const auto& each : given_addresses(what))
    {
        net::outgoing_request request;
        request.target = for_us(what, each.address);
        const auto target = request.target;
        const auto before = wall_clock_now();
        auto answer = co_await http.send(std::move(request));
        if (answer && made.answer.empty())
        {
            made.answer = answer->fields;
            made.before = before;
            made.after = wall_clock_now();
        }
        const auto status = answer ? result<int>(answer->status) : std::unexpected(answer.error());
        made.found.push_back(judge_answer(each, target, status));
    }
    co_return made;
}

} // namespace sekisho::app
