// SPDX-License-Identifier: Apache-2.0
#include "session/sign_in.hpp"
#include "support/catch.hpp"
#include "support/session_values.hpp"

#include <set>
#include <string>

using namespace sekisho;

TEST_CASE("CVE-2024-52801: state, nonce and verifier are 256 random bits, new each time", "[session]")
{
    std::set<std::string> seen;
    for (int round = 0; round < 50; ++round)
    {
        const auto value = session::start_sign_in(oidc::flow::pkce, test::noon, crypto::system_random());
        CHECK(value.state.view().size() == 43);
        CHECK(value.nonce.view().size() == 43);
        CHECK(value.code_verifier.view().size() == 43);
        CHECK(value.created == test::noon);
        seen.insert({value.state.str(), value.nonce.str(), value.code_verifier.str()});
    }
    CHECK(seen.size() == 150);
}

TEST_CASE("only PKCE has a verifier", "[session]")
{
    const auto method = GENERATE(oidc::flow::code, oidc::flow::implicit);
    const auto value = session::start_sign_in(method, test::noon, crypto::system_random());
    CHECK(value.code_verifier.empty());
    CHECK(value.method == method);
}
