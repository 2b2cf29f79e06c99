// link: oidc
// SPDX-License-Identifier: Apache-2.0
// An ID token from anywhere. The text is taken as a whole token, which nobody can have signed; and as a
// payload under a signature of ours, so that the claims' checks are reached: what passes names our issuer,
// client and nonce.
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "oidc/id_token.hpp"

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
    expected.nonce = nonce("the-nonce");
    expected.algorithms.push_back(crypto::algorithm::hs256);
    expected.access_token = secret("the-access-token");
    return expected;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto expected = expectations();
    static const std::vector keys{crypto::verification_key::from_secret(shared)};
    const time_point now{std::chrono::seconds(1'800'000'000)};
    const std::string text(data, data + size);
    (void)inspect(text);
    if (validate_id_token(text, expected, keys, now))
        std::abort();
    const auto received = validate_id_token(signed_token(text), expected, keys, now);
    if (received && (received->text("iss") != "https://idp.example" ||
                     received->text("nonce") != "the-nonce" || received->subject().empty()))
        std::abort();
    return 0;
}
