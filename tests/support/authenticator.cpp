// SPDX-License-Identifier: Apache-2.0
#include "support/authenticator.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace sekisho::test
{
namespace
{

void require(bool worked)
{
    if (!worked)
        throw std::runtime_error("OpenSSL could not do that");
}

std::shared_ptr<EVP_PKEY> new_key(std::string_view algorithm)
{
    EVP_PKEY* made = nullptr;
    if (algorithm == "ES256")
        made = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    else if (algorithm == "EdDSA")
        made = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    else
        made = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
    require(made != nullptr);
    return {made, EVP_PKEY_free};
}

std::string number_of(const EVP_PKEY& key, const char* name, int size)
{
    BIGNUM* number = nullptr;
    require(EVP_PKEY_get_bn_param(&key, name, &number) == 1);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> owned(number, BN_free);
    std::string text(static_cast<std::size_t>(size == 0 ? BN_num_bytes(number) : size), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(text.size()));
    return text;
}

std::string edwards_point(const EVP_PKEY& key)
{
    std::string text(32, '\0');
    auto size = text.size();
    require(EVP_PKEY_get_raw_public_key(&key, reinterpret_cast<unsigned char*>(text.data()), &size) == 1);
    return text;
}

std::string sha256(std::string_view data)
{
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(
        reinterpret_cast<const unsigned char*>(data.data()),
        data.size(),
        reinterpret_cast<unsigned char*>(digest.data())
    );
    return digest;
}

std::string big_endian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int index = bytes - 1; index >= 0; --index)
        text.push_back(static_cast<char>(value >> (8 * index) & 0xffU));
    return text;
}

} // namespace

std::string cbor_head(unsigned kind, std::uint64_t argument)
{
    const auto first = [&](unsigned low) { return std::string(1, static_cast<char>(kind << 5U | low)); };
    if (argument < 24)
        return first(static_cast<unsigned>(argument));
    if (argument < 256)
        return first(24) + big_endian(argument, 1);
    return argument < 65536 ? first(25) + big_endian(argument, 2) : first(26) + big_endian(argument, 4);
}

std::string cbor_octets(std::string_view data) { return cbor_head(2, data.size()).append(data); }
std::string cbor_text(std::string_view text) { return cbor_head(3, text.size()).append(text); }
std::string cbor_number(std::int64_t value)
{
    return value >= 0 ? cbor_head(0, static_cast<std::uint64_t>(value))
                      : cbor_head(1, static_cast<std::uint64_t>(-1 - value));
}

authenticator::authenticator(std::string_view algorithm, std::string id)
    : algorithm_(algorithm), id_(std::move(id)), key_(new_key(algorithm))
{
}

std::string authenticator::cose_key() const
{
    const auto pair = [](std::int64_t label, const std::string& value) { return cbor_number(label) + value; };
    if (algorithm_ == "ES256")
        return cbor_head(5, 5) + pair(1, cbor_number(2)) + pair(3, cbor_number(-7)) +
               pair(-1, cbor_number(1)) +
               pair(-2, cbor_octets(number_of(*key_, OSSL_PKEY_PARAM_EC_PUB_X, 32))) +
               pair(-3, cbor_octets(number_of(*key_, OSSL_PKEY_PARAM_EC_PUB_Y, 32)));
    if (algorithm_ == "EdDSA")
        return cbor_head(5, 4) + pair(1, cbor_number(1)) + pair(3, cbor_number(-8)) +
               pair(-1, cbor_number(6)) + pair(-2, cbor_octets(edwards_point(*key_)));
    return cbor_head(5, 4) + pair(1, cbor_number(3)) + pair(3, cbor_number(-257)) +
           pair(-1, cbor_octets(number_of(*key_, OSSL_PKEY_PARAM_RSA_N, 0))) +
           pair(-2, cbor_octets(number_of(*key_, OSSL_PKEY_PARAM_RSA_E, 0)));
}

std::string authenticator::client_data(const ceremony_answer& says) const
{
    return R"({"type":")" + says.type + R"(","challenge":")" + says.challenge + R"(","origin":")" +
           says.origin + "\"" + says.more_client_data + "}";
}

std::string authenticator::authenticator_data(const ceremony_answer& says, bool is_new) const
{
    auto data = sha256(says.rp_id);
    data.push_back(static_cast<char>(says.flags | (is_new ? 0x40U : 0U)));
    data += big_endian(says.counter, 4);
    if (is_new)
        data += std::string(16, '\0') + big_endian(id_.size(), 2) + id_ + cose_key();
    return data + says.more_authenticator_data;
}

std::string authenticator::attestation(const ceremony_answer& says) const
{
    return cbor_head(5, 3) + cbor_text("fmt") + cbor_text(says.format) + cbor_text("attStmt") +
           says.statement + cbor_text("authData") + cbor_octets(authenticator_data(says, true)) + says.behind;
}

std::string authenticator::sign(const std::string& authenticator_data, const std::string& client_data) const
{
    const auto input = authenticator_data + sha256(client_data);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* digest = algorithm_ == "EdDSA" ? nullptr : EVP_sha256();
    require(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
    std::vector<unsigned char> signature(1024);
    auto size = signature.size();
    require(
        EVP_DigestSign(
            context.get(),
            signature.data(),
            &size,
            reinterpret_cast<const unsigned char*>(input.data()),
            input.size()
        ) == 1
    );
    return {signature.begin(), signature.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::string authenticator::self_statement(const ceremony_answer& says) const
{
    const auto alg = algorithm_ == "ES256" ? -7 : algorithm_ == "EdDSA" ? -8 : -257;
    return cbor_head(5, 2) + cbor_text("alg") + cbor_number(alg) + cbor_text("sig") +
           cbor_octets(sign(authenticator_data(says, true), client_data(says)));
}

} // namespace sekisho::test
