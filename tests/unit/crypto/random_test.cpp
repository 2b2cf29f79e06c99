// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"

#include <set>

using namespace sekisho;
using namespace sekisho::crypto;

TEST_CASE("a token is base64url of as many bits as asked for", "[crypto]")
{
    test::fixed_random random;
    CHECK(random.token(128) == "AAECAwQFBgcICQoLDA0ODw");
    CHECK(random.token(24) == "EBES"); // goes on where the last one ended
    CHECK(random.token().size() == 43);
}

TEST_CASE("CVE-2022-31034: the system's tokens have 256 bits and do not repeat", "[crypto]")
{
    std::set<std::string> seen;
    for (int count = 0; count < 1000; ++count)
        seen.insert(system_random().token());
    CHECK(seen.size() == 1000);
    CHECK(base64url_decode(*seen.begin())->size() == 32);
}
