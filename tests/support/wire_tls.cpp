// SPDX-License-Identifier: Apache-2.0
// TLS on a connection of wire.hpp.
#include "support/wire.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>

namespace sekisho::test
{

wire wire::to_tls(std::uint16_t port, tls_side side)
{
    auto made = to(port);
    made.context_ = {SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    SSL_CTX_set_security_level(made.context_.get(), 0); // old versions may be offered, to be refused
    SSL_CTX_set_min_proto_version(made.context_.get(), side.least);
    SSL_CTX_set_max_proto_version(made.context_.get(), side.most);
    made.tls_ = {SSL_new(made.context_.get()), SSL_free};
    SSL_set_fd(made.tls_.get(), made.socket_);
    SSL_set_tlsext_host_name(made.tls_.get(), "localhost");
    if (SSL_connect(made.tls_.get()) != 1)
        throw wire_closed("the TLS handshake failed");
    return made;
}

void wire::accept_tls(const std::string& certificate_pem, const std::string& key_pem)
{
    context_ = {SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    const std::shared_ptr<BIO> certificate(BIO_new_mem_buf(certificate_pem.data(), -1), BIO_free);
    const std::shared_ptr<BIO> key(BIO_new_mem_buf(key_pem.data(), -1), BIO_free);
    const std::shared_ptr<X509> leaf(
        PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr), X509_free
    );
    const std::shared_ptr<EVP_PKEY> own(
        PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr), EVP_PKEY_free
    );
    SSL_CTX_use_certificate(context_.get(), leaf.get());
    SSL_CTX_use_PrivateKey(context_.get(), own.get());
    tls_ = {SSL_new(context_.get()), SSL_free};
    SSL_set_fd(tls_.get(), socket_);
    if (SSL_accept(tls_.get()) != 1)
        throw wire_closed("the TLS handshake failed");
}

std::string wire::tls_version() const { return tls_ ? SSL_get_version(tls_.get()) : ""; }

std::string wire::peer_common_name() const
{
    const std::shared_ptr<X509> shown(SSL_get1_peer_certificate(tls_.get()), X509_free);
    std::array<char, 256> text{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(shown.get()), NID_commonName, text.data(), text.size());
    return text.data();
}

} // namespace sekisho::test
