// link: crypto
// SPDX-License-Identifier: Apache-2.0
// A compact JWE from anywhere: what comes apart goes together again to the same text, and no foreign text is
// decrypted.
#include "base/encoding.hpp"
#include "crypto/jwe.hpp"
#include "support/jwe_vectors.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace sekisho;

namespace
{

constexpr std::array printed{test::rfc7516_a1, test::rfc7520_5_4, test::rfc7520_5_5};

const std::vector<crypto::decryption_key>& keys()
{
    static const auto made = []
    {
        std::vector<crypto::decryption_key> all;
        for (const auto& each : printed)
            all.push_back(crypto::decryption_key::from_jwk(json::parse(each.jwk)).value());
        return all;
    }();
    return made;
}

// Only what the RFCs print was encrypted for these keys.
std::string_view plain_of(std::string_view text)
{
    for (const auto& each : printed)
        if (each.jwe == text)
            return each.plain;
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(data, data + size);
    const auto jwe = crypto::take_apart_encrypted(text);
    if (!jwe)
        return 0;
    std::string joined(jwe->header);
    for (const auto* part : {&jwe->encrypted_key, &jwe->vector, &jwe->content, &jwe->tag})
        joined.append(".").append(base64url_encode(*part));
    if (joined != text || !crypto::is_encrypted(text))
        std::abort();
    const auto content = crypto::decrypt(*jwe, keys());
    if ((content ? content->reveal() : std::string_view()) != plain_of(text))
        std::abort();
    return 0;
}
