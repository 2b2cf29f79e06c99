// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A logout token from anywhere: as a whole token, which nobody can have signed; and as a payload under a
// signature of ours: what passes names our issuer and somebody, and is no ID token.
#include "fuzz/signed_token.hpp"
#include "oidc/logout_token.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto expected = fuzz::expectations();
    static const auto keys = fuzz::keys();
    const std::string text(data, data + size);
    (void)inspect_logout_token(text);
    if (validate_logout_token(text, expected, keys, fuzz::now))
        std::abort();
    const auto token = fuzz::signed_token(text);
    const auto received = validate_logout_token(token, expected, keys, fuzz::now);
    if (!received)
        return 0;
    if (received->issuer.view() != "https://idp.example" || received->jti.empty() ||
        (received->sid.empty() && received->subject.empty()) || received->good_until <= fuzz::now ||
        validate_id_token(token, expected, keys, fuzz::now))
        std::abort();
    return 0;
}
