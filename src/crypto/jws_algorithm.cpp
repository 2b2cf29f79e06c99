// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws_algorithm.hpp"

#include "crypto/hash.hpp"

namespace sekisho::crypto
{

digest digest_of(algorithm alg)
{
    switch (alg)
    {
    case algorithm::rs256:
    case algorithm::ps256:
    case algorithm::es256:
    case algorithm::hs256:
        return digest::sha256;
    case algorithm::rs384:
    case algorithm::ps384:
    case algorithm::es384:
    case algorithm::hs384:
        return digest::sha384;
    default:
        return digest::sha512;
    }
}

const EVP_MD* evp_digest_of(algorithm alg)
{
    if (alg == algorithm::eddsa || alg == algorithm::ed25519 || alg == algorithm::ed448)
        return nullptr; // hashes by itself
    const auto used = digest_of(alg);
    return used == digest::sha256 ? EVP_sha256() : used == digest::sha384 ? EVP_sha384() : EVP_sha512();
}

bool is_pss(algorithm alg)
{
    return alg == algorithm::ps256 || alg == algorithm::ps384 || alg == algorithm::ps512;
}

bool is_ecdsa(algorithm alg)
{
    return alg == algorithm::es256 || alg == algorithm::es384 || alg == algorithm::es512;
}

} // namespace sekisho::crypto
