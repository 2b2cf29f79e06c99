// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_pem.hpp"

#include "crypto/jwk_key.hpp"

#include <openssl/pem.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::crypto
{
namespace
{

constexpr std::size_t largest_pem = 64 * std::size_t{1024};

// OpenSSL would ask the terminal for a password.
int no_password(char*, int, int, void*) { return 0; }

std::unexpected<error> no_private_key(std::string_view text)
{
    if (text.contains("ENCRYPTED"))
        return refused_key("the key is encrypted; it is read without a password, so decrypt it "
                           "(openssl pkey -in FILE -out FILE) and protect the file by its mode");
    if (text.contains("-----BEGIN PUBLIC KEY") || text.contains("-----BEGIN CERTIFICATE"))
        return refused_key("a public key or certificate, where the private key is needed");
    return refused_key("no private key in PEM (-----BEGIN PRIVATE KEY-----)");
}

} // namespace

result<evp_key> read_private_pem(const secret& pem)
{
    const auto text = pem.reveal();
    if (text.size() > largest_pem)
        return refused_key("a PEM text of more than 64 KiB");
    const memory_bio source(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    evp_key key(PEM_read_bio_PrivateKey(source.get(), nullptr, no_password, nullptr));
    if (!key)
        return no_private_key(text);
    return key;
}

secret write_private_pem(EVP_PKEY& key)
{
    const memory_bio sink(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(sink.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(sink.get(), &text);
    return secret(std::string(text, static_cast<std::size_t>(size)));
}

} // namespace sekisho::crypto
