// SPDX-License-Identifier: Apache-2.0
#include "crypto/signature.hpp"

#include "crypto/jws_algorithm.hpp"
#include "crypto/native_key.hpp"

#include <openssl/err.h>

namespace sekisho::crypto
{
namespace
{

const unsigned char* raw(byte_view data) { return reinterpret_cast<const unsigned char*>(data.data()); }

} // namespace

bool verify_signature(algorithm alg, const verification_key& key, byte_view data, byte_view signature)
{
    if (is_symmetric(alg) || is_pss(alg) || !key.takes(alg) || signature.empty())
        return false;
    const evp_digest_context context(EVP_MD_CTX_new());
    auto* const native = key.handle().key.get();
    const bool verified =
        context && EVP_DigestVerifyInit(context.get(), nullptr, evp_digest_of(alg), nullptr, native) == 1 &&
        EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(data), data.size()) == 1;
    ERR_clear_error(); // a later TLS call must not find our refusal
    return verified;
}

} // namespace sekisho::crypto
