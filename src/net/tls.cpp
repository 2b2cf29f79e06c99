// SPDX-License-Identifier: Apache-2.0
#include "net/tls.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <array>

namespace sekisho::net
{
namespace
{

struct bio_deleter
{
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct x509_deleter
{
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
struct key_deleter
{
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
using bio_handle = std::unique_ptr<BIO, bio_deleter>;
using x509_handle = std::unique_ptr<X509, x509_deleter>;
using key_handle = std::unique_ptr<EVP_PKEY, key_deleter>;

bio_handle read_bio(std::string_view text)
{
    return bio_handle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void apply_common_rules(SSL_CTX* context)
{
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
    SSL_CTX_set_mode(
        context,
        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
    );
    // One recv for a record's head and body, instead of one each.
    SSL_CTX_set_read_ahead(context, 1);
}

result<void> use_chain(SSL_CTX* context, std::string_view pem)
{
    const auto bio = read_bio(pem);
    const x509_handle leaf(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
        return fail(
            errc::value_malformed, "tls.certificate", "no usable PEM certificate: " + tls_error_text()
        );
    for (;;)
    {
        x509_handle intermediate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!intermediate)
            break;
        if (SSL_CTX_add0_chain_cert(context, intermediate.get()) != 1)
            return fail(errc::value_malformed, "tls.certificate", "unusable chain: " + tls_error_text());
        static_cast<void>(intermediate.release()); // the context owns it now
    }
    ERR_clear_error(); // "no start line": the end of the chain
    return {};
}

result<void> use_key(SSL_CTX* context, std::string_view pem)
{
    const auto bio = read_bio(pem);
    const key_handle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    if (!key)
        return fail(errc::value_malformed, "tls.key", "no usable PEM private key: " + tls_error_text());
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return fail(
            errc::value_malformed, "tls.key", "the key is not the certificate's: " + tls_error_text()
        );
    return {};
}

result<void> trust(SSL_CTX* context, std::string_view ca_pem)
{
    if (ca_pem.empty())
    {
        SSL_CTX_set_default_verify_paths(context);
        return {};
    }
    const auto bio = read_bio(ca_pem);
    auto* store = SSL_CTX_get_cert_store(context);
    auto added = 0;
    for (;; ++added)
    {
        const x509_handle authority(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!authority || X509_STORE_add_cert(store, authority.get()) != 1)
            break;
    }
    ERR_clear_error();
    if (added == 0)
        return fail(errc::value_malformed, "tls.ca", "the bundle holds no PEM certificate");
    return {};
}

// HTTP/1.1 is what we speak; a client that offers only other protocols goes on without ALPN.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered, unsigned int length, void*)
{
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, ours.data(), ours.size(), offered, length) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

void ssl_deleter::operator()(SSL* ssl) const noexcept { SSL_free(ssl); }

tls_context::~tls_context() { SSL_CTX_free(handle_); }

result<std::shared_ptr<const tls_context>>
tls_context::server(std::string_view certificate_pem, std::string_view key_pem, tls_version least)
{
    std::shared_ptr<const tls_context> made(new tls_context(SSL_CTX_new(TLS_server_method())));
    auto* context = made->handle_;
    apply_common_rules(context);
    SSL_CTX_set_min_proto_version(context, least == tls_version::tls13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets resume without memory here
    if (auto used = use_chain(context, certificate_pem); !used)
        return std::unexpected(used.error());
    if (auto used = use_key(context, key_pem); !used)
        return std::unexpected(used.error());
    return made;
}

result<std::shared_ptr<const tls_context>> tls_context::client(std::string_view ca_pem, verification verify)
{
    return client(ca_pem, verify, {}, {});
}

result<std::shared_ptr<const tls_context>> tls_context::client(
    std::string_view ca_pem, verification verify, std::string_view certificate_pem, std::string_view key_pem
)
{
    std::shared_ptr<const tls_context> made(new tls_context(SSL_CTX_new(TLS_client_method())));
    auto* context = made->handle_;
    apply_common_rules(context);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, verify == verification::full ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (auto trusted = trust(context, ca_pem); !trusted)
        return std::unexpected(trusted.error());
    if (certificate_pem.empty())
        return made;
    if (auto used = use_chain(context, certificate_pem); !used)
        return std::unexpected(used.error());
    if (auto used = use_key(context, key_pem); !used)
        return std::unexpected(used.error());
    return made;
}

ssl_handle tls_context::accept_on(int socket) const
{
    ssl_handle ssl(SSL_new(handle_));
    SSL_set_fd(ssl.get(), socket);
    SSL_set_accept_state(ssl.get());
    return ssl;
}

ssl_handle tls_context::connect_on(int socket, const std::string& server_name) const
{
    ssl_handle ssl(SSL_new(handle_));
    SSL_set_fd(ssl.get(), socket);
    SSL_set_connect_state(ssl.get());
    auto* parameters = SSL_get0_param(ssl.get());
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    std::array<unsigned char, 16> address{};
    const auto is_address = ::inet_pton(AF_INET, server_name.c_str(), address.data()) == 1 ||
                            ::inet_pton(AF_INET6, server_name.c_str(), address.data()) == 1;
    if (is_address)
        X509_VERIFY_PARAM_set1_ip_asc(parameters, server_name.c_str());
    else
    {
        X509_VERIFY_PARAM_set1_host(parameters, server_name.data(), server_name.size());
        SSL_set_tlsext_host_name(ssl.get(), server_name.c_str());
    }
    return ssl;
}

std::string tls_error_text()
{
    const auto code = ERR_get_error();
    ERR_clear_error();
    if (code == 0)
        return "connection closed";
    const auto* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "unknown TLS error";
}

} // namespace sekisho::net
