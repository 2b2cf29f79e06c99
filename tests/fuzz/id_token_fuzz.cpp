// link: oidc
// SPDX-License-Identifier: Apache-2.0
// An ID token from anywhere. The text is taken as a whole token, which nobody can have signed; and as a
// payload under a signature of ours, so that the claims' checks are reached: what passes names our issuer,
// client and nonce.
#include "fuzz/signed_token.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

id_token_expectations expected_id_token()
{
    auto expected = fuzz::expectations();
    expected.nonce = nonce("the-nonce");
    expected.access_token = secret("the-access-token");
    return expected;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto expected = expected_id_token();
    static const auto keys = fuzz::keys();
    const std::string text(data, data + size);
    (void)inspect(text);
    if (validate_id_token(text, expected, keys, fuzz::now))
        std::abort();
    const auto received = validate_id_token(fuzz::signed_token(text), expected, keys, fuzz::now);
    if (received && (received->text("iss") != "https://idp.example" ||
                     received->text("nonce") != "the-nonce" || received->subject().empty()))
        std::abort();
    return 0;
}
