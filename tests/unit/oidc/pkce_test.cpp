// SPDX-License-Identifier: Apache-2.0
#include "oidc/pkce.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

TEST_CASE("RFC 7636, appendix B: the challenge of the specification's verifier", "[oidc]")
{
    const code_verifier verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    CHECK(s256_challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST_CASE("a verifier has 256 random bits in the characters of RFC 7636, 4.1", "[oidc]")
{
    test::fixed_random random;
    const auto first = make_code_verifier(random);
    const auto second = make_code_verifier(random);
    CHECK(first.view() == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    CHECK(first != second);
    CHECK(make_code_verifier(crypto::system_random()).view().size() == 43);
}
