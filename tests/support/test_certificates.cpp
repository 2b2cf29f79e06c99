// SPDX-License-Identifier: Apache-2.0
#include "support/test_certificates.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>
#include <string_view>

namespace sekisho::test
{
namespace
{

void require(bool worked, const char* step)
{
    if (!worked)
        throw std::runtime_error(std::string("test certificate: OpenSSL failed at ") + step);
}

std::shared_ptr<EVP_PKEY> new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

std::string read_out(BIO* memory)
{
    char* text = nullptr;
    const auto size = BIO_get_mem_data(memory, &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate)
{
    const std::shared_ptr<BIO> memory(BIO_new(BIO_s_mem()), BIO_free);
    require(PEM_write_bio_X509(memory.get(), certificate) == 1, "PEM");
    return read_out(memory.get());
}

std::string pem_of(EVP_PKEY* key)
{
    const std::shared_ptr<BIO> memory(BIO_new(BIO_s_mem()), BIO_free);
    require(
        PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "PEM"
    );
    return read_out(memory.get());
}

void set_name(X509* certificate, const std::string& common_name)
{
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate),
        "CN",
        MBSTRING_UTF8,
        reinterpret_cast<const unsigned char*>(common_name.data()),
        static_cast<int>(common_name.size()),
        -1,
        0
    );
}

void add_name(GENERAL_NAMES* names, int type, std::string_view bytes)
{
    auto* text = type == GEN_DNS ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new();
    ASN1_STRING_set(text, bytes.data(), static_cast<int>(bytes.size())); // as it is: a NUL stays
    auto* name = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(name, type, text);
    sk_GENERAL_NAME_push(names, name);
}

void set_alternative_names(X509* certificate, const certificate_request& wanted)
{
    const std::shared_ptr<GENERAL_NAMES> names(GENERAL_NAMES_new(), GENERAL_NAMES_free);
    for (const auto& each : wanted.dns_names)
        add_name(names.get(), GEN_DNS, each);
    for (const auto& each : wanted.addresses)
    {
        const std::shared_ptr<ASN1_OCTET_STRING> bytes(a2i_IPADDRESS(each.c_str()), ASN1_OCTET_STRING_free);
        require(bytes != nullptr, "an IP address");
        add_name(
            names.get(),
            GEN_IPADD,
            {reinterpret_cast<const char*>(ASN1_STRING_get0_data(bytes.get())),
             static_cast<std::size_t>(ASN1_STRING_length(bytes.get()))}
        );
    }
    if (sk_GENERAL_NAME_num(names.get()) > 0)
        require(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, 0) == 1, "names");
}

void add_extension(X509* certificate, int kind, const char* value)
{
    const std::shared_ptr<X509_EXTENSION> made(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value), X509_EXTENSION_free
    );
    require(made && X509_add_ext(certificate, made.get(), -1) == 1, value);
}

std::shared_ptr<X509> unsigned_certificate(const certificate_request& wanted, EVP_PKEY* key)
{
    static long serial = 1;
    std::shared_ptr<X509> made(X509_new(), X509_free);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), wanted.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), wanted.valid_until);
    X509_set_pubkey(made.get(), key);
    set_name(made.get(), wanted.common_name);
    set_alternative_names(made.get(), wanted);
    return made;
}

issued_certificate sign(X509* certificate, EVP_PKEY* key, const X509_NAME* issuer, EVP_PKEY* issuer_key)
{
    X509_set_issuer_name(certificate, issuer);
    require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0, "signing");
    return {pem_of(certificate), pem_of(key)};
}

} // namespace

test_authority::test_authority() : key_(new_key())
{
    certificate_request own;
    static int number = 0;
    own.common_name = "test authority " + std::to_string(++number); // else OpenSSL takes one for the other
    certificate_ = unsigned_certificate(own, key_.get());
    add_extension(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate_.get(), NID_key_usage, "critical,keyCertSign");
    pem_ = sign(certificate_.get(), key_.get(), X509_get_subject_name(certificate_.get()), key_.get())
               .certificate_pem;
}

issued_certificate test_authority::issue(const certificate_request& wanted) const
{
    const auto key = new_key();
    const auto made = unsigned_certificate(wanted, key.get());
    return sign(made.get(), key.get(), X509_get_subject_name(certificate_.get()), key_.get());
}

issued_certificate test_authority::issue_self_signed(const certificate_request& wanted)
{
    const auto key = new_key();
    const auto made = unsigned_certificate(wanted, key.get());
    return sign(made.get(), key.get(), X509_get_subject_name(made.get()), key.get());
}

} // namespace sekisho::test
