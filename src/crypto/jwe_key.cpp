// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"
#include "crypto/jwe_agreement.hpp"
#include "crypto/jwe_parts.hpp"
#include "crypto/random.hpp"

#include <openssl/rsa.h>

#include <algorithm>
#include <utility>

namespace sekisho::crypto
{
namespace
{

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }
unsigned char* raw(bytes& data) { return reinterpret_cast<unsigned char*>(data.data()); }

// RFC 7518, 4.3. Empty: it is none of ours.
bytes decrypt_oaep(const compact_jwe& jwe, EVP_PKEY& key)
{
    const auto* const digest = jwe.alg == key_management::rsa_oaep ? EVP_sha1() : EVP_sha256();
    const evp_key_context context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr));
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digest) != 1 ||
        EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digest) != 1)
        return {};
    bytes plain(static_cast<std::size_t>(EVP_PKEY_get_size(&key)));
    auto size = plain.size();
    const auto& sealed = jwe.encrypted_key;
    if (EVP_PKEY_decrypt(context.get(), raw(plain), &size, raw(byte_view(sealed)), sealed.size()) != 1)
        size = 0;
    wipe(plain.data() + size, plain.size() - size);
    plain.resize(size);
    return plain;
}

// RFC 3394. Empty: not wrapped with this key.
bytes unwrapped(byte_view wrapped, byte_view with)
{
    const evp_cipher cipher(
        EVP_CIPHER_fetch(nullptr, with.size() == 16 ? "AES-128-WRAP" : "AES-256-WRAP", nullptr)
    );
    const evp_cipher_context context(EVP_CIPHER_CTX_new());
    if (!cipher || !context || wrapped.empty() || wrapped.size() % 8 != 0)
        return {};
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    bytes plain(wrapped.size() + EVP_MAX_BLOCK_LENGTH);
    int size = 0;
    if (EVP_DecryptInit_ex2(context.get(), cipher.get(), raw(with), nullptr, nullptr) != 1 ||
        EVP_DecryptUpdate(context.get(), raw(plain), &size, raw(wrapped), static_cast<int>(wrapped.size())) !=
            1)
        size = 0;
    plain.resize(static_cast<std::size_t>(std::max(size, 0)));
    return plain;
}

bytes agreed_key(const compact_jwe& jwe, const decryption_key& ours)
{
    auto derived =
        agree(*ours.handle().key, *jwe.sender->key.key, {jwe.alg, jwe.enc, jwe.party_u, jwe.party_v});
    if (jwe.alg == key_management::ecdh_es || derived.empty())
        return derived;
    auto key = unwrapped(jwe.encrypted_key, derived);
    wipe(derived.data(), derived.size());
    return key;
}

} // namespace

bytes content_key(const compact_jwe& jwe, const decryption_key& ours)
{
    bytes instead(sizes_of(jwe.enc).key);
    system_random().fill(instead);
    auto key = is_agreement(jwe.alg) ? agreed_key(jwe, ours) : decrypt_oaep(jwe, *ours.handle().key);
    if (key.size() == instead.size())
        std::swap(key, instead);
    wipe(key.data(), key.size());
    return instead;
}

} // namespace sekisho::crypto
