// SPDX-License-Identifier: Apache-2.0
#include "crypto/jwe_encrypt.hpp"

#include "base/secret.hpp"
#include "crypto/jwe_agreement.hpp"
#include "crypto/jwe_parts.hpp"
#include "crypto/private_jwk.hpp"

#include <nlohmann/json.hpp>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }
unsigned char* raw(bytes& data) { return reinterpret_cast<unsigned char*>(data.data()); }

std::unexpected<error> refused(std::string detail)
{
    ERR_clear_error(); // a later TLS call must not find our refusal
    return fail(errc::value_malformed, "jwe", std::move(detail));
}

bytes drawn(random_source& from, std::size_t size)
{
    bytes made(size);
    from.fill(made);
    return made;
}

// The key of the content, as we have it and as the other side gets it.
struct key_for_content
{
    bytes key; // to be wiped
    bytes encrypted;
    json epk = nullptr; // null: there is none
};

// RFC 7518, 4.3. Empty: it does not go with the key.
bytes encrypt_oaep(byte_view plain, key_management alg, EVP_PKEY& to)
{
    const auto* const digest = alg == key_management::rsa_oaep ? EVP_sha1() : EVP_sha256();
    const evp_key_context context(EVP_PKEY_CTX_new_from_pkey(nullptr, &to, nullptr));
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digest) != 1 ||
        EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digest) != 1)
        return {};
    bytes made(static_cast<std::size_t>(EVP_PKEY_get_size(&to)));
    auto size = made.size();
    if (EVP_PKEY_encrypt(context.get(), raw(made), &size, raw(plain), plain.size()) != 1)
        size = 0;
    made.resize(size);
    return made;
}

// A key of ours for this once, on the curve of theirs. Null: it has none.
evp_key ephemeral_beside(EVP_PKEY& theirs)
{
    const evp_key_context context(EVP_PKEY_CTX_new_from_pkey(nullptr, &theirs, nullptr));
    EVP_PKEY* made = nullptr;
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1 || EVP_PKEY_generate(context.get(), &made) != 1)
        return nullptr;
    return evp_key(made);
}

// RFC 3394. Empty: never with keys of these sizes.
bytes wrapped(byte_view plain, byte_view with)
{
    const evp_cipher cipher(
        EVP_CIPHER_fetch(nullptr, with.size() == 16 ? "AES-128-WRAP" : "AES-256-WRAP", nullptr)
    );
    const evp_cipher_context context(EVP_CIPHER_CTX_new());
    if (!cipher || !context)
        return {};
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    bytes made(plain.size() + EVP_MAX_BLOCK_LENGTH);
    int size = 0;
    if (EVP_EncryptInit_ex2(context.get(), cipher.get(), raw(with), nullptr, nullptr) != 1 ||
        EVP_EncryptUpdate(context.get(), raw(made), &size, raw(plain), static_cast<int>(plain.size())) != 1)
        size = 0;
    made.resize(static_cast<std::size_t>(std::max(size, 0)));
    return made;
}

// RFC 7518, 4.6. `key` empty: it cannot be done.
key_for_content agreed(EVP_PKEY& theirs, const encryption_plan& plan, random_source& random)
{
    const auto ours = ephemeral_beside(theirs);
    if (!ours)
        return {};
    key_for_content made;
    auto derived = agree(*ours, theirs, {plan.alg, plan.enc});
    if (derived.empty())
        return {};
    made.epk = public_members(*ours);
    if (plan.alg == key_management::ecdh_es)
    {
        made.key = std::move(derived);
        return made;
    }
    made.key = drawn(random, sizes_of(plan.enc).key);
    made.encrypted = wrapped(made.key, derived);
    wipe(derived.data(), derived.size());
    return made;
}

key_for_content transported(EVP_PKEY& theirs, const encryption_plan& plan, random_source& random)
{
    key_for_content made;
    made.key = drawn(random, sizes_of(plan.enc).key);
    made.encrypted = encrypt_oaep(made.key, plan.alg, theirs);
    return made;
}

std::string header_of(const encryption_key& to, const encryption_plan& plan, json epk)
{
    json header{{"alg", name(plan.alg)}, {"enc", name(plan.enc)}};
    if (to.kid())
        header["kid"] = *to.kid();
    if (!plan.cty.empty())
        header["cty"] = plan.cty;
    if (!epk.is_null())
        header["epk"] = std::move(epk);
    return base64url_encode(as_bytes(to_text(header)));
}

struct sealed_content
{
    bytes content;
    bytes tag;
};

// What the content's key works with.
struct surroundings
{
    content_encryption enc;
    std::string_view header; // in base64url
    byte_view vector;
};

bool begin(EVP_CIPHER_CTX* context, byte_view key, const surroundings& with)
{
    return context != nullptr &&
           EVP_EncryptInit_ex2(context, cipher_of(with.enc), raw(key), raw(with.vector), nullptr) == 1;
}

bool update(EVP_CIPHER_CTX* context, unsigned char* out, byte_view in, int& size)
{
    size = 0;
    return in.empty() || EVP_EncryptUpdate(context, out, &size, raw(in), static_cast<int>(in.size())) == 1;
}

// RFC 7518, 5.3. nullopt: OpenSSL does not.
std::optional<sealed_content> seal_gcm(std::string_view content, byte_view key, const surroundings& with)
{
    const evp_cipher_context context(EVP_CIPHER_CTX_new());
    sealed_content made{bytes(content.size() + EVP_MAX_BLOCK_LENGTH), bytes(sizes_of(with.enc).tag)};
    int size = 0;
    int rest = 0;
    if (!begin(context.get(), key, with) || !update(context.get(), nullptr, as_bytes(with.header), rest) ||
        !update(context.get(), raw(made.content), as_bytes(content), size) ||
        EVP_EncryptFinal_ex(context.get(), raw(made.content) + size, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(
            context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(made.tag.size()), made.tag.data()
        ) != 1)
        return std::nullopt;
    made.content.resize(content.size());
    return made;
}

// RFC 7518, 5.2.2.1. nullopt: OpenSSL does not.
std::optional<sealed_content> seal_cbc(std::string_view content, byte_view key, const surroundings& with)
{
    const auto half = key.size() / 2;
    const evp_cipher_context context(EVP_CIPHER_CTX_new());
    sealed_content made{bytes(content.size() + EVP_MAX_BLOCK_LENGTH), {}};
    int size = 0;
    int rest = 0;
    if (!begin(context.get(), key.subspan(half), with) ||
        !update(context.get(), raw(made.content), as_bytes(content), size) ||
        EVP_EncryptFinal_ex(context.get(), raw(made.content) + size, &rest) != 1)
        return std::nullopt;
    made.content.resize(static_cast<std::size_t>(size + rest));
    made.tag = cbc_tag({with.enc, with.header, with.vector, made.content}, key.first(half));
    return made;
}

} // namespace

result<std::string> encrypt_compact(
    std::string_view content, const encryption_key& to, const encryption_plan& plan, random_source& random
)
{
    if (!to.takes(plan.alg))
        return refused(fmt::format("{} does not go with a key of {}", name(plan.alg), to.family()));
    auto& theirs = *to.handle().key;
    auto made = is_agreement(plan.alg) ? agreed(theirs, plan, random) : transported(theirs, plan, random);
    const auto is_direct = plan.alg == key_management::ecdh_es;
    if (made.key.size() != sizes_of(plan.enc).key || made.encrypted.empty() != is_direct)
        return refused(fmt::format("{} cannot be done with the key", name(plan.alg)));
    const auto header = header_of(to, plan, std::move(made.epk));
    const auto vector = drawn(random, sizes_of(plan.enc).vector);
    const auto seal = is_gcm(plan.enc) ? seal_gcm : seal_cbc;
    const auto sealed = seal(content, made.key, {plan.enc, header, vector});
    wipe(made.key.data(), made.key.size());
    if (!sealed)
        return refused(fmt::format("{} cannot be done", name(plan.enc)));
    return fmt::format(
        "{}.{}.{}.{}.{}",
        header,
        base64url_encode(made.encrypted),
        base64url_encode(vector),
        base64url_encode(sealed->content),
        base64url_encode(sealed->tag)
    );
}

} // namespace sekisho::crypto
