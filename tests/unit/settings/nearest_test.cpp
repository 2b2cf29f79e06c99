// SPDX-License-Identifier: Apache-2.0
#include "settings/nearest.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace sekisho::settings
{

TEST_CASE("the distance counts what was added, left out, replaced or swapped", "[settings]")
{
    const auto [left, right, distance] =
        GENERATE(Catch::Generators::table<std::string, std::string, std::size_t>({
            {"", "", 0},
            {"abc", "abc", 0},
            {"", "abc", 3},
            {"isuer", "issuer", 1},
            {"listne", "listen", 1},
            {"kitten", "sitting", 3},
        }));
    CHECK(edit_distance(left, right) == distance);
    CHECK(edit_distance(right, left) == distance);
}

TEST_CASE("the nearest name is offered, and none when none is near", "[settings]")
{
    const std::vector<std::string> names{"OIDC_CLIENT_ID", "OIDC_ISSUER", "SERVER_LISTEN"};
    CHECK(nearest("OIDC_CLIENTID", names) == "OIDC_CLIENT_ID");
    CHECK(nearest("SERVER_LISTN", names) == "SERVER_LISTEN");
    CHECK_FALSE(nearest("COMPLETELY_ELSE", names).has_value());
    CHECK_FALSE(nearest(std::string(10'000, 'A'), names).has_value());
}

TEST_CASE("a setting in the wrong section is found by its own name", "[settings]")
{
    CHECK(nearest_setting("oidc.public_url") == "server.public_url");
    CHECK(nearest_setting("oidc.isuer") == "oidc.issuer");
    CHECK(nearest_setting("oidc.client_secrt_file") == "oidc.client_secret_file");
}

} // namespace sekisho::settings
