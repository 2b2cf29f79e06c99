// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A logout token from anywhere: as a whole token, which nobody can have signed; and as a payload under a
// signature of ours: what passes names our issuer and somebody, and is no ID token.
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "oidc/logout_token.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

const secret shared("a secret that nobody guesses");

std::string signed_token(std::string_view payload)
{
    const auto input =
        base64url_encode(as_bytes(R"({"alg":"HS256"})")) + "." + base64url_encode(as_bytes(payload));
    return input + "." +
           base64url_encode(crypto::hmac(crypto::digest::sha256, as_bytes(shared.reveal()), as_bytes(input)));
}

id_token_expectations expectations()
{
    id_token_expectations expected;
    expected.issuer = issuer("https://idp.example");
    expected.client = client_id("our-client");
    expected.algorithms.push_back(crypto::algorithm::hs256);
    return expected;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto expected = expectations();
    static const std::vector keys{crypto::verification_key::from_secret(shared)};
    const time_point now{std::chrono::seconds(1'800'000'000)};
    const std::string text(data, data + size);
    (void)inspect_logout_token(text);
    if (validate_logout_token(text, expected, keys, now))
        std::abort();
    const auto token = signed_token(text);
    const auto received = validate_logout_token(token, expected, keys, now);
    if (!received)
        return 0;
    if (received->issuer.view() != "https://idp.example" || received->jti.empty() ||
        (received->sid.empty() && received->subject.empty()) || received->good_until <= now ||
        validate_id_token(token, expected, keys, now))
        std::abort();
    return 0;
}
