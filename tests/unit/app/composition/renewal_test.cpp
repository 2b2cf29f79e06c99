// SPDX-License-Identifier: Apache-2.0
#include "app/composition/renewal.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace std::chrono_literals;

TEST_CASE("the lock of a renewal outlives all calls that it may make, each at its time-out", "[app]")
{
    settings::model from;
    from.oidc.issuer = "https://idp.example";
    from.oidc.request_timeout = 4s;
    from.oidc.token_timeout = 10s;
    // metadata, token, keys three times, UserInfo, a directory
    const auto usual = app::turns_of(from);
    CHECK(usual.lock_life > 7 * 10s);
    CHECK(usual.settling > 10s);

    from.oidc.dpop_key = "/etc/sekisho/dpop.jwk"; // token and UserInfo once more, with a nonce
    const auto proven = app::turns_of(from);
    CHECK(proven.lock_life > 9 * 10s);
    CHECK(proven.settling > 2 * 10s);
    CHECK(proven.patience > usual.patience);
}

TEST_CASE("the slowest of several providers counts, and so does a key of any", "[app]")
{
    settings::model from;
    from.providers.resize(2);
    from.providers[0].name = "a";
    from.providers[0].oidc.request_timeout = 30s;
    from.providers[1].name = "b";
    from.providers[1].oidc.dpop_key = "/etc/sekisho/dpop.jwk";
    CHECK(app::turns_of(from).lock_life > 9 * 30s);
}
