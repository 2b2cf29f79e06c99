// SPDX-License-Identifier: Apache-2.0
#include "http/forwarded.hpp"

#include "http/field_name.hpp"
#include "http/forwarded_element.hpp"
#include "http/host.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>

namespace sekisho::http
{
namespace
{

constexpr std::string_view forwarded_for = "X-Forwarded-For";
constexpr std::string_view forwarded_proto = "X-Forwarded-Proto";
constexpr std::string_view forwarded_host = "X-Forwarded-Host";

void believe_scheme(client_facts& facts, std::string_view text) noexcept
{
    if (equal_names(text, "https"))
        facts.transport = scheme::https;
    else if (equal_names(text, "http"))
        facts.transport = scheme::http;
}

void believe_host(client_facts& facts, std::string_view text) noexcept
{
    if (is_host(text))
        facts.host = text;
}

// The last element of a list that may be spread over several fields.
std::string_view last_element(std::span<const field> fields, std::string_view name) noexcept
{
    for (const field& each : std::views::reverse(fields))
        if (equal_names(each.name, name))
            if (const auto element = list_reader(each.value).last())
                return *element;
    return {};
}

// One step to the left. False: the walk is over.
bool step(client_facts& facts, std::string_view node, const trusted_proxies& proxies) noexcept
{
    const std::optional<address> sender = read_node(node);
    if (!sender)
        return false;
    facts.client = *sender;
    return proxies.trust(*sender);
}

void walk_x_forwarded(
    client_facts& facts, std::span<const field> fields, const trusted_proxies& proxies
) noexcept
{
    believe_scheme(facts, last_element(fields, forwarded_proto));
    believe_host(facts, last_element(fields, forwarded_host));
    for (const field& each : std::views::reverse(fields))
    {
        if (!equal_names(each.name, forwarded_for))
            continue;
        list_reader chain(each.value);
        while (const std::optional<std::string_view> node = chain.last())
            if (!step(facts, *node, proxies))
                return;
    }
}

void walk_forwarded(
    client_facts& facts, std::span<const field> fields, const trusted_proxies& proxies
) noexcept
{
    const forwarded_chain chain(fields);
    for (const forwarded_element& each : std::views::reverse(chain.elements()))
    {
        // Written by a proxy that is trusted: the peer, or one the walk has just passed.
        believe_scheme(facts, each.proto);
        believe_host(facts, each.host);
        if (!step(facts, each.node, proxies))
            return;
    }
}

// Fields that say something about the client, its connection or its request beside those we rewrite.
const name_set& claims()
{
    static const name_set names{
        "X-Real-IP",
        "X-Client-IP",
        "True-Client-IP",
        "X-Cluster-Client-IP",
        "X-Originating-IP",
        "X-Remote-IP",
        "X-Remote-Addr",
        "X-ProxyUser-IP",
        "Client-IP",
        "CF-Connecting-IP",
        "CF-Connecting-IPv6",
        "Fastly-Client-IP",
        "X-Envoy-External-Address",
        "X-Envoy-Original-Path",
        "X-Original-URL",
        "X-Original-URI",
        "X-Original-Host",
        "X-Original-Method",
        "X-Original-Proto",
        "X-Original-For",
        "X-Rewrite-URL",
        "X-Host",
        "X-Scheme",
        "X-URL-Scheme",
        "X-Forwarded",
        "X-Auth-Request-Redirect",
        "X-HTTP-Method-Override",
        "Front-End-Https",
        "Proxy", // becomes HTTP_PROXY (CVE-2016-5385)
    };
    return names;
}

} // namespace

std::string_view to_text(scheme value) noexcept { return value == scheme::https ? "https" : "http"; }

bool trusted_proxies::trust(const address& peer) const noexcept
{
    return std::ranges::any_of(networks, [&](const cidr& each) { return each.contains(peer); });
}

bool trusted_proxies::trust_everybody() const noexcept
{
    return std::ranges::any_of(networks, [](const cidr& each) { return each.is_everybody(); });
}

result<trusted_proxies> trusted_proxies::parse(std::string_view comma_separated)
{
    trusted_proxies proxies;
    list_reader reader(comma_separated);
    while (const std::optional<std::string_view> entry = reader.next())
    {
        auto network = cidr::parse(*entry);
        if (!network)
            return std::unexpected(std::move(network.error()));
        proxies.networks.push_back(*network);
    }
    return proxies;
}

client_facts resolve_client(
    std::span<const field> fields, const connection_facts& connection, const trusted_proxies& proxies
) noexcept
{
    client_facts facts{
        .client = connection.peer,
        .transport = connection.transport,
        .host = connection.host,
        .is_peer_trusted = proxies.trust(connection.peer),
    };
    if (!facts.is_peer_trusted)
        return facts;
    facts.is_chain_trusted = proxies.style == forwarded_style::x_forwarded;
    if (facts.is_chain_trusted)
        walk_x_forwarded(facts, fields, proxies);
    else
        walk_forwarded(facts, fields, proxies);
    return facts;
}

forwarding_field classify_forwarding(std::string_view name) noexcept
{
    if (canonical_starts_with(name, "X-Forwarded-"))
    {
        const bool is_ours = canonical_equal(name, forwarded_for) || canonical_equal(name, forwarded_proto) ||
                             canonical_equal(name, forwarded_host);
        return is_ours ? forwarding_field::rewritten : forwarding_field::claim;
    }
    if (canonical_equal(name, "Forwarded"))
        return forwarding_field::rewritten;
    return claims().contains(name) ? forwarding_field::claim : forwarding_field::none;
}

void write_forwarding(
    flat_writer& head,
    std::span<const field> fields,
    const connection_facts& connection,
    const client_facts& client
) noexcept
{
    head.begin_field(forwarded_for);
    bool has_chain = false;
    for (const field& each : fields)
    {
        if (!client.is_chain_trusted || !equal_names(each.name, forwarded_for) || each.value.empty())
            continue;
        head.put(each.value);
        head.put(std::string_view(", "));
        has_chain = true;
    }
    if (!has_chain && client.client != connection.peer)
    {
        head.put(to_text(client.client).view());
        head.put(std::string_view(", "));
    }
    head.put(to_text(connection.peer).view());
    head.end_field();
    head.field(forwarded_proto, to_text(client.transport));
    if (!client.host.empty())
        head.field(forwarded_host, client.host);
}

} // namespace sekisho::http
