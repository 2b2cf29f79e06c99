// SPDX-License-Identifier: Apache-2.0
#include "gateway/forward.hpp"

#include "crypto/random.hpp"
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

// The answer's fields, and with them the renewed session.
class renewal_editor final : public upstream::answer_editor
{
public:
    renewal_editor(const forward_parts& with, const net::exchange& exchange, const context& about)
        : with_(with), exchange_(exchange), about_(about)
    {
    }

    void edit(int status, std::vector<http::field>& fields) override
    {
        // An application cannot set, and so not end, what is ours.
        std::erase_if(fields, [&](const http::field& each) { return sets_our_cookie(each); });
        if (!about_.session_is_stale || status == 101)
            return;
        auto renewed = with_.sessions.renew(about_.session->value, exchange_.request().fields, about_.now);
        if (!renewed)
            return; // it fitted when it was made; the old one goes on to its own end
        cookies_ = std::move(*renewed);
        for (const auto& each : cookies_)
            fields.push_back({"Set-Cookie", each});
    }

private:
    bool sets_our_cookie(const http::field& field) const
    {
        if (field.name.size() != 10 || !http::equal_names(field.name, "Set-Cookie"))
            return false;
        auto name = field.value.substr(0, std::min(field.value.find('='), field.value.find(';')));
        while (!name.empty() && (name.back() == ' ' || name.back() == '\t'))
            name.remove_suffix(1);
        return with_.sessions.cookies().is_ours(name);
    }

    const forward_parts& with_;
    const net::exchange& exchange_;
    const context& about_;
    session::set_cookies cookies_;
};

upstream::tunnel::rules tunnel_rules(const forward_parts& with, const context& about)
{
    upstream::tunnel::rules rules;
    rules.idle_time = with.pool.to().tunnel_idle_time;
    crypto::system_random().fill(std::as_writable_bytes(std::span(rules.mask)));
    if (about.session)
    {
        rules.session_id = about.session->value.id.str();
        rules.life_time = about.session->value.expires - about.now;
    }
    return rules;
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
    to.field("Host", rules.host == host_header::preserve && !about.connection.host.empty() ? about.connection.host : upstream_authority);
    for (const auto& field : head.fields)
    {
        if (http::equal_names(field.name, "Host") || http::equal_names(field.name, "Content-Length"))
            continue;
        if (http::classify(field.name, options) == http::passage::drop || is_replaced(field.name, about, rules))
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
    if (http::asks_for_upgrade(head.fields, "websocket"))
        to.put(options.names("TE") ? "Upgrade: websocket\r\nConnection: Upgrade, TE\r\n" : "Upgrade: websocket\r\nConnection: Upgrade\r\n");
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
    const auto asks_for_websocket = http::asks_for_upgrade(head.fields, "websocket");
    if (asks_for_websocket)
        if (auto allowed = check_websocket_origin(head.fields, about.about); !allowed)
            co_return allowed;
    auto relay = borrow();
    http::flat_writer to(relay->head_memory());
    write_upstream_head(to, head, about, with_.rules, with_.sessions.cookies(), authority_);
    result<void> done;
    if (to.overflowed())
        done = fail(errc::request_head_too_large, "upstream.head", "no room for our own fields behind the client's");
    else
    {
        renewal_editor editor(with_, exchange, about.about);
        upstream::journey journey{exchange, with_.pool, editor, asks_for_websocket, with_.tunnels, {}};
        if (asks_for_websocket)
            journey.tunnel_rules = tunnel_rules(with_, about.about);
        done = co_await relay->run(std::move(journey), to.size());
    }
    relay->end();
    constexpr std::size_t kept = 256;
    if (relays_.size() < kept)
        relays_.push_back(std::move(relay));
    co_return done;
}

} // namespace sekisho::gateway
