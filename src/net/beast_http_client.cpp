// SPDX-License-Identifier: Apache-2.0
#include "net/beast_http_client.hpp"

#include "net/beast_messages.hpp"
#include "net/run_on.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::net
{

// What all calls share; immutable once made.
struct beast_http_client::shared
{
    explicit shared(beast_http_client_options with) : options(std::move(with)) {}
    beast_http_client_options options;
    // OpenSSL's own reference counting makes SSL objects out of it without changing it.
    mutable asio::ssl::context tls{asio::ssl::context::tls_client};
};

namespace
{

namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using socket = asio::basic_stream_socket<tcp, executor>;
using endpoints = std::vector<tcp::endpoint>;
using response_parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::size_t read_ahead = 64 * 1024;
constexpr int most_interim_answers = 8;

// One call. Owned by its coroutine; the handlers that may come later hold it weakly.
struct connection
{
    connection(executor home, asio::ssl::context& tls)
        : resolver(home), resolved(home), deadline(home), stream(socket(home), tls)
    {
    }
    asio::ip::basic_resolver<tcp, executor> resolver;
    wake_up resolved;
    wake_up deadline;
    asio::ssl::stream<socket> stream;
    error_code resolving_failed = asio::error::operation_aborted;
    endpoints addresses;
    bool is_late = false;
};

using connection_ptr = std::shared_ptr<connection>;

void start_deadline(const connection_ptr& call, std::chrono::milliseconds after)
{
    call->deadline.expires_after(after);
    call->deadline.async_wait(
        [weak = std::weak_ptr(call)](error_code cancelled)
        {
            const auto late = weak.lock();
            if (cancelled || !late)
                return;
            late->is_late = true;
            late->resolved.cancel();
            error_code ignored;
            late->stream.next_layer().close(ignored);
        }
    );
}

// getaddrinfo cannot be interrupted, so the coroutine does not wait for it but for `resolved`.
task<error_code> resolve(connection_ptr call, std::string host, std::uint16_t port)
{
    error_code not_numeric;
    const auto address = asio::ip::make_address(host, not_numeric);
    if (!not_numeric)
    {
        call->addresses = {{address, port}};
        co_return error_code();
    }
    call->resolved.expires_at(wake_up::time_point::max());
    call->resolver.async_resolve(
        host,
        std::to_string(port),
        [weak = std::weak_ptr(call)](error_code failure, const tcp::resolver::results_type& found)
        {
            const auto waiting = weak.lock();
            if (!waiting)
                return;
            waiting->resolving_failed = failure;
            for (const auto& each : found)
                waiting->addresses.push_back(each.endpoint());
            waiting->resolved.cancel();
        }
    );
    (void)co_await call->resolved.async_wait(in_tuple);
    co_return call->resolving_failed;
}

// The reason in OpenSSL's words when the certificate is why.
std::string tls_reason(SSL* tls, const error_code& failure)
{
    const auto verdict = SSL_get_verify_result(tls);
    if (verdict != X509_V_OK)
        return std::string("certificate refused: ") + X509_verify_cert_error_string(verdict);
    return failure.message();
}

// RFC 9525: the name must be in subjectAltName; "*" stands for one whole label only.
bool expect_host(SSL* tls, const std::string& host)
{
    auto* parameters = SSL_get0_param(tls);
    error_code not_numeric;
    asio::ip::make_address(host, not_numeric);
    if (!not_numeric)
        return X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(
        parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS
    );
    return SSL_set1_host(tls, host.c_str()) == 1 && SSL_set_tlsext_host_name(tls, host.c_str()) == 1;
}

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

task<result<void>> connect(connection_ptr call, std::string host, std::uint16_t port)
{
    const auto unresolved = co_await resolve(call, host, port);
    if (unresolved)
        co_return fail(
            errc::network_failure,
            "http_client",
            "the name \"" + host + "\" cannot be resolved: " + unresolved.message()
        );
    if (call->is_late)
        co_return fail(errc::network_timeout, "http_client");
    auto [refused, used] = co_await asio::async_connect(call->stream.next_layer(), call->addresses, in_tuple);
    if (refused)
        co_return fail(
            errc::network_failure,
            "http_client",
            "no connection to " + host + " port " + std::to_string(port) + ": " + refused.message()
        );
    call->stream.next_layer().set_option(tcp::no_delay(true), refused);
    co_return result<void>();
}

task<result<void>> secure(connection_ptr call, std::string host)
{
    auto* tls = call->stream.native_handle();
    if (!expect_host(tls, host))
        co_return fail(
            errc::network_failure, "http_client", "\"" + host + "\" cannot be a certificate's name"
        );
    auto [failure] = co_await call->stream.async_handshake(asio::ssl::stream_base::client, in_tuple);
    if (failure)
        co_return fail(
            errc::network_failure, "http_client", "TLS with " + host + ": " + tls_reason(tls, failure)
        );
    co_return result<void>();
}

struct call_parts
{
    url target;
    wire_request request;
    answer_limits limits;
};

task<result<incoming_response>> perform(connection_ptr call, call_parts parts)
{
    auto connected = co_await connect(call, parts.target.host(), parts.target.port());
    if (!connected)
        co_return std::unexpected(connected.error());
    if (!parts.target.is_https())
    {
        auto answer = co_await ask(call->stream.next_layer(), parts.request, parts.limits);
        co_return answer;
    }
    auto secured = co_await secure(call, parts.target.host());
    if (!secured)
        co_return std::unexpected(secured.error());
    auto answer = co_await ask(call->stream, parts.request, parts.limits);
    co_return answer;
}

result<void> trust(asio::ssl::context& tls, const std::string& ca_file)
{
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    error_code failure;
    tls.set_verify_mode(asio::ssl::verify_peer, failure);
    tls.set_default_verify_paths(failure);
    if (ca_file.empty())
        return {};
    tls.load_verify_file(ca_file, failure);
    if (failure)
        return fail(
            errc::value_malformed,
            "oidc.ca_file",
            "\"" + ca_file + "\" cannot be read as certificates in PEM form: " + failure.message()
        );
    return {};
}

} // namespace

result<std::unique_ptr<beast_http_client>>
beast_http_client::make(executor home, beast_http_client_options options)
{
    auto common = std::make_shared<shared>(std::move(options));
    const auto trusted = trust(common->tls, common->options.ca_file);
    if (!trusted)
        return std::unexpected(trusted.error());
    return std::unique_ptr<beast_http_client>(new beast_http_client(home, std::move(common)));
}

beast_http_client::beast_http_client(executor home, std::shared_ptr<const shared> common)
    : home_(home), common_(std::move(common))
{
}

beast_http_client::~beast_http_client() = default;

task<result<incoming_response>> beast_http_client::send(outgoing_request request)
{
    const auto common = common_; // lives as long as this call, whatever becomes of the client
    const auto target = request.target;
    if (!target.is_https() && !target.is_loopback() &&
        common->options.allow_http == plain_http::loopback_only)
        co_return fail(
            errc::network_failure,
            "http_client",
            target.origin() +
                " is plain http and not this machine: use https, or set oidc.allow_http for tests"
        );
    auto wire = to_wire(std::move(request));
    if (!wire)
        co_return std::unexpected(wire.error());
    const auto call = std::make_shared<connection>(home_, common->tls);
    start_deadline(call, common->options.timeout);
    auto answer = co_await perform(
        call, call_parts{target, std::move(*wire), {common->options.head_limit, common->options.body_limit}}
    );
    if (!answer && call->is_late)
        co_return fail(
            errc::network_timeout,
            "http_client",
            target.origin() + " timed out after " + format_duration(common->options.timeout)
        );
    co_return answer;
}

} // namespace sekisho::net
