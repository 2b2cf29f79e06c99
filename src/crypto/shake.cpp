// SPDX-License-Identifier: Apache-2.0
#include "crypto/shake.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace sekisho::crypto
{

bytes shake256(byte_view data, std::size_t size)
{
    bytes out(size);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const bool worked =
        context != nullptr && EVP_DigestInit_ex(context.get(), EVP_shake256(), nullptr) == 1 &&
        EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1 &&
        EVP_DigestFinalXOF(context.get(), reinterpret_cast<unsigned char*>(out.data()), out.size()) == 1;
    if (!worked) // only memory can run out here
        throw std::runtime_error("OpenSSL could not compute a digest");
    return out;
}

} // namespace sekisho::crypto
