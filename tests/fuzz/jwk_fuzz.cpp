// link: crypto
// SPDX-License-Identifier: Apache-2.0
// A JWK from anywhere: what becomes a key is public, has the kind its alg asks for and can be verified with.
#include "crypto/jws.hpp"
#include "crypto/key.hpp"
#include "support/rfc_vectors.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    if (const auto pem = crypto::verification_key::from_pem(text);
        pem && pem->kind() == crypto::key_kind::symmetric)
        std::abort();
    const auto value = parse_json(text);
    if (!value)
        return 0;
    const auto key = crypto::verification_key::from_jwk(*value);
    if (!key)
        return 0;
    if (key->kind() == crypto::key_kind::symmetric ||
        (key->alg() && !crypto::goes_with(*key->alg(), key->kind())))
        std::abort();
    for (const auto& each : {test::rs256_vector, test::es256_vector, test::es512_vector, test::eddsa_vector})
        crypto::verify(crypto::take_apart(each.jws).value(), *key);
    return 0;
}
