// SPDX-License-Identifier: Apache-2.0
#include "net/beast_http_client.hpp"

#include "net/beast_messages.hpp"
#include "net/call_connection.hpp"
#include "net/proxy_tunnel.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <utility>

namespace sekisho::net
{

// What all calls share; immutable once made, but for the system's authorities, which are read when first
// needed, and for the client certificate, which is read again when its files change.
struct beast_http_client::shared
{
    explicit shared(beast_http_client_options with) : options(std::move(with)) {}
    beast_http_client_options options;
    // OpenSSL's own reference counting makes SSL objects out of it without changing it.
    mutable asio::ssl::context tls{asio::ssl::context::tls_client};
    std::unique_ptr<client_certificate> certificate; // may be null; refreshed by its own executor only

    // Before a call over TLS; only the client's own executor comes here.
    void prepare_for_tls() const
    {
        if (!std::exchange(has_system_authorities, true))
            trust_system(tls);
        if (certificate)
            certificate->refresh();
    }

private:
    mutable bool has_system_authorities = false;
};

namespace
{

namespace beast = boost::beast;
using boost::system::error_code;
using response_parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::size_t read_ahead = 64 * 1024;
constexpr int most_interim_answers = 8;

template <class Stream>
task<error_code> write_request(Stream& to, const wire_request& request)
{
    auto [failure, size] = co_await beast::http::async_write(to, request, in_tuple);
    co_return failure;
}

template <class Stream>
task<result<incoming_response>> read_answer(Stream& from, answer_limits limits)
{
    beast::flat_buffer buffer(limits.head + read_ahead);
    for (int interim = 0; interim <= most_interim_answers; ++interim)
    {
        response_parser parser;
        parser.header_limit(static_cast<std::uint32_t>(limits.head));
        parser.body_limit(limits.body);
        auto [failure, size] = co_await beast::http::async_read(from, buffer, parser, in_tuple);
        if (failure)
            co_return std::unexpected(describe(failure, limits));
        if (parser.get().result_int() >= 200)
            co_return from_wire(parser.release());
    }
    co_return fail(errc::value_malformed, "http_client", "the answer is one interim answer after the other");
}

template <class Stream>
task<result<incoming_response>> ask(Stream& peer, const wire_request& request, answer_limits limits)
{
    const auto failure = co_await write_request(peer, request);
    if (failure)
        co_return std::unexpected(describe(failure, limits));
    auto answer = co_await read_answer(peer, limits);
    co_return answer;
}

bool is_allowed(const url& target, plain_http rule)
{
    return target.is_https() || target.is_loopback() || rule == plain_http::everywhere;
}

struct call_parts
{
    url target;
    wire_request request;
    answer_limits limits;
    std::optional<http::outbound_proxy> proxy;
    const client_certificate* certificate = nullptr; // may be null; lives as long as the call
};

peer first_peer(const call_parts& parts)
{
    if (parts.proxy)
        return {parts.proxy->address.host(), parts.proxy->address.port(), peer_role::proxy};
    return {parts.target.host(), parts.target.port()};
}

// RFC 9112, 3.2.2: a proxy is given the whole address.
void address_to_proxy(wire_request& request, const url& target, const http::outbound_proxy& proxy)
{
    request.target(target.origin() + target.target());
    if (!proxy.authorization.empty())
        request.set(beast::http::field::proxy_authorization, proxy.authorization.reveal());
}

task<result<incoming_response>> perform_plain(connection_ptr call, call_parts parts)
{
    if (parts.proxy)
        address_to_proxy(parts.request, parts.target, *parts.proxy);
    call->doing = "the answer";
    auto answer = co_await ask(call->stream.next_layer(), parts.request, parts.limits);
    if (answer && parts.proxy && answer->status == 407) // only a proxy answers with it (RFC 9110, 15.5.8)
        co_return fail(
            errc::network_failure,
            "http_client",
            describe_refusal(*parts.proxy, "a request for " + parts.target.origin(), answer->status)
        );
    co_return answer;
}

task<result<incoming_response>> perform_secured(connection_ptr call, call_parts parts)
{
    if (parts.proxy)
    {
        auto open = co_await open_tunnel(call, *parts.proxy, parts.target);
        if (!open)
            co_return std::unexpected(open.error());
    }
    auto secured = co_await secure(call, parts.target.host(), parts.certificate);
    if (!secured)
        co_return std::unexpected(secured.error());
    call->doing = "the answer";
    auto answer = co_await ask(call->stream, parts.request, parts.limits);
    if (!answer)
        co_return std::unexpected(with_certificate_hint(*call, answer.error()));
    co_return answer;
}

task<result<incoming_response>> perform(connection_ptr call, call_parts parts)
{
    auto connected = co_await connect(call, first_peer(parts));
    if (!connected)
        co_return std::unexpected(connected.error());
    auto work = parts.target.is_https() ? perform_secured(call, std::move(parts))
                                        : perform_plain(call, std::move(parts));
    auto answer = co_await std::move(work);
    co_return answer;
}

} // namespace

result<std::unique_ptr<beast_http_client>>
beast_http_client::make(executor home, beast_http_client_options options)
{
    auto common = std::make_shared<shared>(std::move(options));
    const auto trusted = trust(common->tls, common->options.ca_file);
    if (!trusted)
        return std::unexpected(trusted.error());
    if (common->options.ciphers == tls_ciphers::recommended)
        offer_recommended_ciphers(common->tls);
    if (!common->options.certificate.certificate.empty())
    {
        auto certificate = client_certificate::load(common->options.certificate);
        if (!certificate)
            return std::unexpected(certificate.error());
        common->certificate = std::move(*certificate);
    }
    return std::unique_ptr<beast_http_client>(new beast_http_client(home, std::move(common)));
}

beast_http_client::beast_http_client(executor home, std::shared_ptr<const shared> common)
    : home_(home), common_(std::move(common))
{
}

beast_http_client::~beast_http_client() = default;

task<result<incoming_response>>
beast_http_client::send_with(executor home, std::shared_ptr<const shared> common, outgoing_request request)
{
    const auto target = request.target;
    const auto time = request.timeout.count() > 0 ? request.timeout : common->options.timeout;
    if (!is_allowed(target, common->options.allow_http))
        co_return fail(
            errc::network_failure,
            "http_client",
            target.origin() +
                " is plain http and not this machine: use https, or set oidc.allow_http for tests"
        );
    auto wire = to_wire(std::move(request));
    if (!wire)
        co_return std::unexpected(wire.error());
    if (target.is_https())
        common->prepare_for_tls();
    call_parts parts{
        target,
        std::move(*wire),
        {common->options.head_limit, common->options.body_limit},
        std::nullopt,
        common->certificate.get()
    };
    if (const auto* proxy = http::proxy_for(common->options.proxies, target))
        parts.proxy = *proxy;
    const auto call = std::make_shared<call_connection>(home, common->tls);
    start_deadline(call, time);
    auto answer = co_await perform(call, std::move(parts));
    if (!answer && call->is_late)
        co_return fail(
            errc::network_timeout,
            "http_client",
            target.origin() + " timed out after " + format_duration(time) + ", waiting for " +
                std::string(call->doing)
        );
    co_return answer;
}

task<result<incoming_response>> beast_http_client::send(outgoing_request request)
{
    return send_with(home_, common_, std::move(request));
}

} // namespace sekisho::net
