// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.hpp"

#include "base/encoding.hpp"
#include "crypto/native_key.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <span>

namespace sekisho::crypto
{
namespace
{

constexpr std::string_view step = "certificate";

std::string digest_text(const X509& shown, const EVP_MD* algorithm)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    X509_digest(&shown, algorithm, out.data(), &size);
    return base64url_encode(std::as_bytes(std::span(out).first(size)));
}

bool is_of(X509& shown, const signing_key& key)
{
    return EVP_PKEY_eq(X509_get0_pubkey(&shown), key.handle().key.get()) == 1;
}

} // namespace

result<certificate_thumbprints> thumbprints_for(std::string_view certificates_pem, const signing_key& key)
{
    const memory_bio source(
        BIO_new_mem_buf(certificates_pem.data(), static_cast<int>(certificates_pem.size()))
    );
    int seen = 0;
    for (;;)
    {
        const certificate each(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr));
        ERR_clear_error();
        if (!each)
            break;
        ++seen;
        if (is_of(*each, key))
            return certificate_thumbprints{digest_text(*each, EVP_sha1()), digest_text(*each, EVP_sha256())};
    }
    if (seen == 0)
        return fail(errc::value_malformed, step, "no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    return fail(errc::value_malformed, step, "no certificate of the signing key (kid " + key.kid() + ")");
}

result<std::string> certificate_subject(std::string_view certificates_pem)
{
    const memory_bio source(
        BIO_new_mem_buf(certificates_pem.data(), static_cast<int>(certificates_pem.size()))
    );
    const certificate first(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (!first)
        return fail(errc::value_malformed, step, "no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    const memory_bio written(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(written.get(), X509_get_subject_name(first.get()), 0, XN_FLAG_RFC2253);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(written.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

} // namespace sekisho::crypto
