// SPDX-License-Identifier: Apache-2.0
#include "app/check/test_page.hpp"
#include "gateway/test_page/ticket.hpp"
#include "support/catch.hpp"
#include "support/fixed_random.hpp"

using namespace sekisho;
using namespace std::chrono_literals;

namespace
{

const time_point noon{std::chrono::seconds(1'790'000'000)};
const std::string sealing = "a secret of more than thirty-two bytes";

settings::model whole()
{
    settings::model made;
    made.session.secret = secret(sealing);
    made.server.public_url = url::parse("https://app.example.com").value();
    return made;
}

} // namespace

TEST_CASE("check offers the test page with a ticket of session.secret, good for ten minutes", "[app]")
{
    test::fixed_random random;
    const auto found = app::offer_test_page(whole(), noon, random);
    REQUIRE(found.code == app::check_code::test_address);
    const std::string start = "https://app.example.com/oidc/test?ticket=";
    REQUIRE(found.found.starts_with(start));
    const auto ticket = found.found.substr(start.size());
    const crypto::key_ring keys({secret(sealing)}, gateway::test_ticket_purpose);
    CHECK(gateway::check_test_ticket(keys, ticket, noon));
    CHECK(gateway::check_test_ticket(keys, ticket, noon + 599s));
    CHECK_FALSE(gateway::check_test_ticket(keys, ticket, noon + 600s));
    CHECK(found.found.find(sealing) == std::string::npos);
}

TEST_CASE("without a secret or an address of our own there is no ticket, and check says why", "[app]")
{
    test::fixed_random random;
    auto settings = whole();
    const auto [take, missing] = GENERATE(table<std::string, std::string>({
        {"secret", "session.secret"},
        {"address", "server.public_url"},
    }));
    if (take == "secret")
        settings.session.secret = {};
    else
        settings.server.public_url.reset();
    const auto found = app::offer_test_page(settings, noon, random);
    CHECK(found.code == app::check_code::test_not_offered);
    CHECK(found.found.starts_with(missing));
}

TEST_CASE("a report that may hold nothing that lets in has the address without a ticket", "[app]")
{
    const auto found = app::name_test_page(whole());
    CHECK(found.code == app::check_code::test_ticket_unasked);
    CHECK(found.found == "https://app.example.com/oidc/test");
    auto settings = whole();
    settings.session.secret = {};
    CHECK(app::name_test_page(settings).code == app::check_code::test_not_offered);
}
