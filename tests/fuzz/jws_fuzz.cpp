// link: crypto
// SPDX-License-Identifier: Apache-2.0
// A compact JWS from anywhere: what comes apart goes together again to the same text, and no foreign text
// verifies.
#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "support/rfc_vectors.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace sekisho;

namespace
{

const std::vector<crypto::verification_key>& keys()
{
    static const auto made = []
    {
        std::vector<crypto::verification_key> all{crypto::verification_key::from_secret(secret("fuzz"))};
        for (const auto& each :
             {test::rs256_vector, test::es256_vector, test::es512_vector, test::eddsa_vector})
            all.push_back(crypto::verification_key::from_jwk(json::parse(each.jwk)).value());
        return all;
    }();
    return made;
}

// Only what the RFCs print has a signature of these keys.
bool is_printed(std::string_view text)
{
    for (const auto& each : {test::rs256_vector, test::es256_vector, test::es512_vector, test::eddsa_vector})
        if (each.jws == text)
            return true;
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    const auto jws = crypto::take_apart(text);
    if (!jws)
        return 0;
    const auto joined = std::string(jws->signing_input) + "." + base64url_encode(jws->signature);
    if (joined != text || !jws->signing_input.ends_with("." + base64url_encode(jws->payload)))
        std::abort();
    bool verified = false;
    for (const auto& key : keys())
        verified |= crypto::verify(*jws, key);
    if (verified != is_printed(text))
        std::abort();
    return 0;
}
