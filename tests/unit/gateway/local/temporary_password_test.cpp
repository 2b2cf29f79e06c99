// SPDX-License-Identifier: Apache-2.0
#include "gateway/local/temporary_password.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"

#include <set>
#include <string>

using namespace sekisho;
using gateway::temporary_password;

TEST_CASE("a temporary password is 28 characters of an alphabet without look-alikes, in groups", "[gateway]")
{
    test::fixed_random random;
    const std::string first(gateway::make_temporary_password(random).reveal());
    CHECK(first == "0123-4567-89ab-cdef-ghjk-mnpq-rstv"); // five bits of each random byte
    const std::string second(gateway::make_temporary_password(random).reveal());
    CHECK(second == "wxyz-0123-4567-89ab-cdef-ghjk-mnpq");
}

TEST_CASE("no two temporary passwords are the same", "[gateway]")
{
    std::set<std::string> seen;
    for (int number = 0; number < 100; ++number)
        seen.emplace(gateway::make_temporary_password(crypto::system_random()).reveal());
    CHECK(seen.size() == 100);
}

TEST_CASE("a temporary password is taken as people type it, and nothing else is", "[gateway]")
{
    const auto [typed, is_it] = GENERATE(table<std::string, bool>({
        {"0123-4567-89ab-cdef-ghjk-mnpq-rstv", true},
        {"0123456789abcdefghjkmnpqrstv", true},
        {"0123 4567 89AB CDEF GHJK MNPQ RSTV", true},
        {" 0123-4567-89ab-cdef-ghjk-mnpq-rstv ", true},
        {"O123-4567-89ab-cdef-ghjk-mnpq-rstv", true}, // the letter
        {"oI23-4567-89ab-cdef-ghjk-mnpq-rstv", true},
        {"0l23-4567-89ab-cdef-ghjk-mnpq-rstv", true},
        {"", false},
        {"-------", false},
        {"0123-4567-89ab-cdef-ghjk-mnpq-rst", false},
        {"0123-4567-89ab-cdef-ghjk-mnpq-rstv0", false},
        {"0123-4567-89ab-cdef-ghjk-mnpq-rstw", false},
        {"0123-4567-89ab-cdef-ghjk-mnpq-rstu", false}, // not in the alphabet, and like nothing in it
        {"0123_4567_89ab_cdef_ghjk_mnpq_rstv", false},
        {"0123-4567-89ab-cdef-ghjk-mnpq-rstv\n", false},
    }));
    CAPTURE(typed);
    test::fixed_random random;
    const temporary_password kept(gateway::make_temporary_password(random));
    CHECK(kept.is(typed) == is_it);
}
