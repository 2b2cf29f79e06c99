// SPDX-License-Identifier: Apache-2.0
#include "gateway/admission.hpp"

#include "crypto/random.hpp"
#include "http/host.hpp"
#include "oidc/foreign.hpp"

#include <algorithm>
#include <utility>

namespace sekisho::gateway
{
namespace
{

http::address to_address(const net::asio::ip::address& from)
{
    return from.is_v4() ? http::address(from.to_v4().to_bytes()) : http::address(from.to_v6().to_bytes());
}

// What another proxy may call a request: a token of sensible length, so that it can stand in logs and
// headers.
bool is_request_id(std::string_view text) { return text.size() <= 128 && http::is_token(text); }

bool is_known(std::string_view host, const std::vector<std::string>& hosts)
{
    return hosts.empty() ||
           std::ranges::any_of(hosts, [&](const auto& each) { return http::equal_names(each, host); });
}

void identify_client(const net::exchange& exchange, const admission_rules& by, visit& into)
{
    const auto& peer = exchange.client();
    into.connection.peer = to_address(peer.address);
    into.connection.transport = peer.is_secure ? http::scheme::https : http::scheme::http;
    into.client = http::resolve_client(exchange.request().fields, into.connection, by.proxies);
    into.client_text = http::to_text(into.client.client);
    into.about.client_address = into.client_text.view();
    into.about.host = into.client.host;
    into.about.is_secure = into.client.transport == http::scheme::https;
}

// What the log tells about a target that cannot be read: no query, for that may hold codes and tokens.
std::string_view as_sent(std::string_view target)
{
    constexpr std::size_t enough = 256;
    return target.substr(0, std::min(target.find_first_of("?#"), enough));
}

void name_request(const net::exchange& exchange, request_ids& ids, visit& into)
{
    if (into.client.is_peer_trusted)
        if (const auto given = http::find(exchange.request().fields, "X-Request-Id");
            given && is_request_id(*given))
        {
            into.about.request_id = *given;
            return;
        }
    into.id = ids.next();
    into.about.request_id = {into.id.data(), into.id.size()};
}

} // namespace

request_ids::id request_ids::next()
{
    constexpr std::size_t size = 16;
    if (used_ + size > random_.size())
    {
        crypto::system_random().fill(random_);
        used_ = 0;
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    id text{};
    for (std::size_t index = 0; index < size; ++index)
    {
        const auto value = std::to_integer<unsigned>(std::exchange(random_[used_ + index], std::byte{}));
        text[2 * index] = digits[value >> 4];
        text[2 * index + 1] = digits[value & 15];
    }
    used_ += size;
    return text;
}

result<void> admit(const net::exchange& exchange, const admission_rules& by, request_ids& ids, visit& into)
{
    const auto& head = exchange.request();
    auto host = http::request_host(head.fields, head.version);
    if (host)
        into.connection.host = *host;
    identify_client(exchange, by, into);
    name_request(exchange, ids, into);
    if (!host)
        return std::unexpected(host.error());
    auto target = http::canonicalize(head.target, head.method, *host, by.slashes);
    if (!target)
    {
        into.about.path = as_sent(head.target);
        return std::unexpected(target.error());
    }
    into.target = std::move(*target);
    into.about.path = into.target.path();
    into.about.query = into.target.query();
    into.about.target = into.target.text();
    if (!is_known(into.about.host, by.hosts))
        return fail(
            errc::request_host_unknown,
            "request.host",
            "received " + oidc::in_quotes(into.about.host) + ", expected one of " + oidc::in_quotes(by.hosts)
        );
    return {};
}

} // namespace sekisho::gateway
