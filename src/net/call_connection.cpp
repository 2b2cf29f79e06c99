// SPDX-License-Identifier: Apache-2.0
#include "net/call_connection.hpp"

#include "net/tls.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace sekisho::net
{
namespace
{

using boost::system::error_code;
using tcp = asio::ip::tcp;

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

// OpenSSL calls it when the server asks for a certificate, before it chooses one. 1: go on.
int note_certificate_wish(SSL*, void* call)
{
    static_cast<call_connection*>(call)->was_asked_for_certificate = true;
    return 1;
}

} // namespace

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

task<result<void>> connect(connection_ptr call, peer to)
{
    const std::string of_proxy = to.role == peer_role::proxy ? " of the proxy" : "";
    const std::string the_proxy = to.role == peer_role::proxy ? "the proxy " : "";
    const auto unresolved = co_await resolve(call, to.host, to.port);
    if (unresolved)
        co_return fail(
            errc::network_failure,
            "http_client",
            "the name \"" + to.host + "\"" + of_proxy + " cannot be resolved: " + unresolved.message()
        );
    if (call->is_late)
        co_return fail(errc::network_timeout, "http_client");
    call->doing = to.role == peer_role::proxy ? "a connection to the proxy" : "a connection";
    auto [refused, used] = co_await asio::async_connect(call->stream.next_layer(), call->addresses, in_tuple);
    if (refused)
        co_return fail(
            errc::network_failure,
            "http_client",
            "no connection to " + the_proxy + to.host + " port " + std::to_string(to.port) + ": " +
                refused.message()
        );
    call->stream.next_layer().set_option(tcp::no_delay(true), refused);
    co_return result<void>();
}

task<result<void>> secure(connection_ptr call, std::string host, const client_certificate* certificate)
{
    auto* tls = call->stream.native_handle();
    if (!expect_host(tls, host))
        co_return fail(
            errc::network_failure, "http_client", "\"" + host + "\" cannot be a certificate's name"
        );
    call->has_certificate = certificate != nullptr;
    if (certificate != nullptr && !certificate->use_on(tls))
        co_return fail(
            errc::network_failure, "http_client", "the client certificate cannot be used: " + tls_error_text()
        );
    SSL_set_cert_cb(tls, note_certificate_wish, call.get());
    call->doing = "the TLS handshake";
    auto [failure] = co_await call->stream.async_handshake(asio::ssl::stream_base::client, in_tuple);
    if (failure)
        co_return std::unexpected(with_certificate_hint(
            *call,
            {errc::network_failure, "http_client", "TLS with " + host + ": " + tls_reason(tls, failure)}
        ));
    co_return result<void>();
}

error with_certificate_hint(const call_connection& call, error failure)
{
    if (!call.was_asked_for_certificate || failure.code != errc::network_failure)
        return failure;
    if (call.has_certificate)
        failure.detail += "; the server asked for a client certificate and was shown ours";
    else
        failure.detail += "; the server asked for a client certificate, and none is set (client_certificate "
                          "and client_key)";
    return failure;
}

void offer_recommended_ciphers(asio::ssl::context& tls)
{
    SSL_CTX_set_cipher_list(
        tls.native_handle(),
        "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"
    );
}

void trust_system(asio::ssl::context& tls)
{
    error_code ignored; // without authorities every verification fails, and says so
    tls.set_default_verify_paths(ignored);
}

result<void> trust(asio::ssl::context& tls, const std::string& ca_file)
{
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    error_code failure;
    tls.set_verify_mode(asio::ssl::verify_peer, failure);
    if (ca_file.empty())
        return {};
    tls.load_verify_file(ca_file, failure);
    if (failure)
        return fail(
            errc::value_malformed,
            "ca_file",
            "\"" + ca_file + "\" cannot be read as certificates in PEM form: " + failure.message()
        );
    return {};
}

} // namespace sekisho::net
