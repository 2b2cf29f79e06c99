// SPDX-License-Identifier: Apache-2.0
#include "gateway/forward.hpp"

#include "crypto/random.hpp"
#include "gateway/answer_fields.hpp"
#include "gateway/websocket_origin.hpp"
#include "http/cookie.hpp"
#include "http/forwarded.hpp"
#include "http/hop_by_hop.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace sekisho::gateway
{

using net::task;

namespace
{

void write_cookies(http::flat_writer& to, std::string_view value, const session::jar& ours)
{
    const auto before = to.here();
    to.begin_field("Cookie");
    const auto is_ours = [&](const http::cookie& each) { return ours.is_ours(each.name); };
    if (http::remove_cookies(value, is_ours, [&](std::string_view piece) { to.put(piece); }))
        to.end_field();
    else
        to.go_back(before);
}

bool is_replaced(std::string_view name, const visit& about, const forward_rules& rules)
{
    switch (http::classify_forwarding(name))
    {
    case http::forwarding_field::rewritten:
        return true;
    case http::forwarding_field::claim:
        if (!about.client.is_peer_trusted)
            return true;
        break;
    case http::forwarding_field::none:
        break;
    }
    return rules.stripped.contains(name) || http::canonical_equal(name, "X-Request-Id");
}

// RFC 6455, 4.1. A body that is still on its way would be read by the tunnel too, and two protocols be mixed.
bool asks_for_websocket(const http::request_head& head)
{
    return head.method == "GET" && head.version >= 11 && http::asks_for_upgrade(head.fields, "websocket") &&
           http::count(head.fields, "Transfer-Encoding") == 0 &&
           http::find(head.fields, "Content-Length").value_or("0") == "0";
}

upstream::tunnel::rules tunnel_rules(const forward_parts& with)
{
    upstream::tunnel::rules rules;
    rules.idle_time = with.pool.to().tunnel_idle_time;
    crypto::system_random().fill(std::as_writable_bytes(std::span(rules.mask)));
    return rules;
}

// Bytes keep a WebSocket or an event stream from being idle, so only the absolute limit counts.
time_point last_moment(const session::session& of, const session::lifetimes& limits)
{
    return std::min(of.expires, of.created + limits.of(of).lifetime);
}

} // namespace

void write_upstream_head(
    http::flat_writer& to,
    const http::request_head& head,
    const visit& about,
    const forward_rules& rules,
    const session::jar& cookies,
    std::string_view upstream_authority
)
{
    const http::connection_options options(head.fields);
    to.request_line(head.method, about.about.target);
    to.field(
        "Host",
        rules.host == host_header::preserve && !about.connection.host.empty() ? about.connection.host
                                                                              : upstream_authority
    );
    for (const auto& field : head.fields)
    {
        if (http::equal_names(field.name, "Host") || http::equal_names(field.name, "Content-Length"))
            continue;
        if (http::classify(field.name, options) == http::passage::drop ||
            is_replaced(field.name, about, rules))
            continue;
        if (http::equal_names(field.name, "Cookie"))
            write_cookies(to, field.value, cookies);
        else
            to.field(field.name, field.value);
    }
    http::write_forwarding(to, head.fields, about.connection, about.client);
    to.field("X-Request-Id", about.about.request_id);
    if (about.about.session)
        to.put(about.about.session->identity_headers);
    if (http::accepts_trailers(head.fields))
        to.put("TE: trailers\r\n");
    if (asks_for_websocket(head))
        to.put(
            options.names("TE") ? "Upgrade: websocket\r\nConnection: Upgrade, TE\r\n"
                                : "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        );
    else if (http::accepts_trailers(head.fields))
        to.put("Connection: TE\r\n");
}

std::unique_ptr<upstream::relay> forward::borrow()
{
    if (relays_.empty())
        return std::make_unique<upstream::relay>(with_.home);
    auto relay = std::move(relays_.back());
    relays_.pop_back();
    return relay;
}

task<result<void>> forward::relay(net::exchange& exchange, const visit& about)
{
    const auto& head = exchange.request();
    const auto switches = asks_for_websocket(head);
    if (switches)
        if (auto allowed = check_websocket_origin(head.fields, about.about, with_.ours.public_url); !allowed)
            co_return allowed;
    auto relay = borrow();
    http::flat_writer to(relay->head_memory());
    write_upstream_head(to, head, about, with_.rules, with_.sessions.cookies(), authority_);
    result<void> done;
    if (to.overflowed())
        done = fail(
            errc::request_head_too_large, "upstream.head", "no room for our own fields behind the client's"
        );
    else
    {
        answer_fields editor(with_.sessions.where(), head.fields, about.about, with_.loops);
        upstream::journey journey{
            exchange, with_.pool, editor, switches, with_.tunnels, with_.rules.stripped, {}
        };
        if (switches)
            journey.tunnel_rules = tunnel_rules(with_);
        const auto* session = about.about.session ? &about.about.session->value : nullptr;
        if (session != nullptr)
            journey.session_ends = last_moment(*session, with_.rules.limits);
        const lasting_list::entry under_way(with_.lasting, *relay, session);
        // What ended while somebody waited was told before this was listed.
        if (session != nullptr && about.about.has_waited &&
            with_.sessions.has_ended(*session, about.about.now))
            done = fail(errc::session_required, "forward", "the session has ended meanwhile");
        else
            done = co_await relay->run(std::move(journey), to.size());
    }
    relay->end();
    constexpr std::size_t kept = 256;
    if (relays_.size() < kept)
        relays_.push_back(std::move(relay));
    co_return done;
}

} // namespace sekisho::gateway
