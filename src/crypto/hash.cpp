// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"

#include "base/secret.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <stdexcept>

namespace sekisho::crypto
{
namespace
{

const EVP_MD* native(digest algorithm)
{
    switch (algorithm)
    {
    case digest::sha256:
        return EVP_sha256();
    case digest::sha384:
        return EVP_sha384();
    case digest::sha512:
        break;
    }
    return EVP_sha512();
}

// Only memory can run out here.
void require(bool worked)
{
    if (!worked)
        throw std::runtime_error("OpenSSL could not compute a digest");
}

unsigned char* raw(bytes& data) { return reinterpret_cast<unsigned char*>(data.data()); }

} // namespace

bytes hash(digest algorithm, byte_view data)
{
    bytes out(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    require(EVP_Digest(data.data(), data.size(), raw(out), &size, native(algorithm), nullptr) == 1);
    out.resize(size);
    return out;
}

namespace
{

bytes hmac(const EVP_MD* algorithm, byte_view key, byte_view data)
{
    bytes out(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    // An empty key needs an address all the same.
    const void* key_data = key.empty() ? static_cast<const void*>("") : key.data();
    const auto* input = reinterpret_cast<const unsigned char*>(data.data());
    require(
        HMAC(algorithm, key_data, static_cast<int>(key.size()), input, data.size(), raw(out), &size) !=
        nullptr
    );
    out.resize(size);
    return out;
}

} // namespace

bytes hmac(digest algorithm, byte_view key, byte_view data) { return hmac(native(algorithm), key, data); }

bytes hmac_sha1(byte_view key, byte_view data) { return hmac(EVP_sha1(), key, data); }

std::array<std::byte, 32> derive_key(byte_view secret, std::string_view salt, std::string_view info)
{
    // RFC 5869, 2.2: without a salt it is as many zeros as the hash has bytes, which HMAC makes of an empty
    // key.
    auto extracted = hmac(digest::sha256, as_bytes(salt), secret);
    // 2.3: 32 bytes are the first block.
    bytes input(as_bytes(info).begin(), as_bytes(info).end());
    input.push_back(std::byte{1});
    auto block = hmac(digest::sha256, extracted, input);
    std::array<std::byte, 32> key{};
    std::copy(block.begin(), block.end(), key.begin());
    wipe(extracted.data(), extracted.size());
    wipe(block.data(), block.size());
    return key;
}

bool equal_in_constant_time(byte_view left, byte_view right) noexcept
{
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace sekisho::crypto
