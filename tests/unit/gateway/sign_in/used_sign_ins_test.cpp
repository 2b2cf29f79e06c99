// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/used_sign_ins.hpp"
#include "support/catch.hpp"

using sekisho::gateway::used_sign_ins;
using sekisho::oidc::state;

TEST_CASE("a state is taken once, and memory is bounded", "[gateway]")
{
    used_sign_ins used(2);
    CHECK(used.take(state("a")) == used_sign_ins::claim::first);
    CHECK(used.take(state("a")) == used_sign_ins::claim::repeated);
    CHECK(used.take(state("b")) == used_sign_ins::claim::first);
    CHECK(used.take(state("c")) == used_sign_ins::claim::first); // the oldest goes
    CHECK(used.take(state("b")) == used_sign_ins::claim::repeated);
    CHECK(used.take(state("a")) == used_sign_ins::claim::first);
}
