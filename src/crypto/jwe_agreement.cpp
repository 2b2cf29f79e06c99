// SPDX-License-Identifier: Apache-2.0
#include "crypto/jwe_agreement.hpp"

#include "base/secret.hpp"
#include "crypto/hash.hpp"

#include <cstdint>
#include <string_view>

namespace sekisho::crypto
{
namespace
{

unsigned char* raw(bytes& data) { return reinterpret_cast<unsigned char*>(data.data()); }

void append_number(bytes& to, std::size_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        to.push_back(static_cast<std::byte>(static_cast<std::uint32_t>(number) >> shift));
}

void append_sized(bytes& to, byte_view data)
{
    append_number(to, data.size());
    to.insert(to.end(), data.begin(), data.end());
}

// Z of RFC 7518, 4.6.2. Empty: the two keys do not go together.
bytes shared_secret(EVP_PKEY& ours, EVP_PKEY& theirs)
{
    const evp_key_context context(EVP_PKEY_CTX_new_from_pkey(nullptr, &ours, nullptr));
    std::size_t size = 0;
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), &theirs) != 1 ||
        EVP_PKEY_derive(context.get(), nullptr, &size) != 1)
        return {};
    bytes made(size);
    if (EVP_PKEY_derive(context.get(), raw(made), &size) != 1)
        size = 0;
    made.resize(size);
    return made;
}

// What the derived key is for: the content, or wrapping the content's key.
struct derived_use
{
    std::string_view algorithm;
    std::size_t size; // bytes
};

derived_use use_of(const agreement_terms& of)
{
    if (of.alg == key_management::ecdh_es)
        return {name(of.enc), sizes_of(of.enc).key};
    return {name(of.alg), of.alg == key_management::ecdh_es_a128kw ? 16U : 32U};
}

// The Concat KDF of RFC 7518, 4.6.2 (NIST SP 800-56A, 5.8.1) with SHA-256.
bytes derived_key(const agreement_terms& terms, byte_view z)
{
    const auto use = use_of(terms);
    bytes other;
    append_sized(other, as_bytes(use.algorithm));
    append_sized(other, terms.party_u);
    append_sized(other, terms.party_v);
    append_number(other, use.size * 8);
    bytes key;
    key.reserve(use.size + 32); // growing would leave it in freed memory
    for (std::size_t round = 1; key.size() < use.size; ++round)
    {
        bytes input;
        input.reserve(4 + z.size() + other.size());
        append_number(input, round);
        input.insert(input.end(), z.begin(), z.end());
        input.insert(input.end(), other.begin(), other.end());
        auto block = hash(digest::sha256, input);
        key.insert(key.end(), block.begin(), block.end());
        wipe(input.data(), input.size());
        wipe(block.data(), block.size());
    }
    key.resize(use.size);
    return key;
}

} // namespace

bytes agree(EVP_PKEY& ours, EVP_PKEY& theirs, const agreement_terms& terms)
{
    auto z = shared_secret(ours, theirs);
    auto derived = z.empty() ? bytes() : derived_key(terms, z);
    wipe(z.data(), z.size());
    return derived;
}

} // namespace sekisho::crypto
