// SPDX-License-Identifier: Apache-2.0
#include "app/command/command_line.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace sekisho::app
{

using arguments = std::vector<std::string>;

TEST_CASE("sekisho register has a directory, a name and keys", "[app]")
{
    const auto plain = parse_command_line({"register"}).value().registration;
    CHECK(plain.what == register_action::keep);
    CHECK(plain.directory.empty());
    CHECK(plain.keys == register_keys::by_address);
    CHECK_FALSE(plain.is_anew);
    const auto all = parse_command_line({"register",
                                         "--out=/run/client",
                                         "--name",
                                         "Our gate",
                                         "--provider=okta",
                                         "--inline-keys",
                                         "--force",
                                         "--oidc.issuer=https://idp.example"})
                         .value();
    CHECK(all.registration.directory == "/run/client");
    CHECK(all.registration.client_name == "Our gate");
    CHECK(all.registration.provider == "okta");
    CHECK(all.registration.keys == register_keys::inline_set);
    CHECK(all.registration.is_anew);
    CHECK(all.request.overrides.size() == 1);
}

TEST_CASE("a registration is shown or removed instead, never both", "[app]")
{
    CHECK(parse_command_line({"register", "--print"}).value().registration.what == register_action::show);
    CHECK(
        parse_command_line({"register", "--delete", "--out=d"}).value().registration.what ==
        register_action::remove
    );
    const auto line = GENERATE(values<arguments>({
        {"register", "--delete"},
        {"register", "--delete", "--out=d", "--print"},
        {"register", "--print", "--delete", "--out=d"},
        {"register", "--delete", "--out=d", "--force"},
    }));
    const auto refused = parse_command_line(line);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().status == status_unusable);
}

} // namespace sekisho::app
