// SPDX-License-Identifier: Apache-2.0
#include "gateway/admission.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"

#include <set>
#include <string>

namespace sekisho::gateway
{
namespace
{

test::client_request asking(std::string target, http::owned_fields fields = {}, std::string method = "GET")
{
    fields.emplace_back("Host", "app.example");
    return {
        .method = std::move(method),
        .target = std::move(target),
        .fields = std::move(fields),
        .body = {},
        .body_failure = {}
    };
}

admission_rules trusting(std::string_view networks)
{
    admission_rules rules;
    rules.proxies = http::trusted_proxies::parse(networks).value();
    return rules;
}

const std::string everybody = "0.0.0.0/0, ::/0"; // whatever address the double has

} // namespace

TEST_CASE("a request is known by its canonical target, its client and its id", "[gateway]")
{
    test::fake_exchange exchange(asking("/a/../b%41?c=/../d"));
    request_ids ids;
    visit here;
    REQUIRE(admit(exchange, {}, ids, here));
    CHECK(here.about.path == "/bA");
    CHECK(here.about.query == "c=/../d");
    CHECK(here.about.target == "/bA?c=/../d");
    CHECK(here.about.host == "app.example");
    CHECK(here.about.client_address == http::to_text(here.connection.peer).view());
    CHECK(here.about.request_id.size() == 32);
}

TEST_CASE("what is refused is still known for the log", "[gateway]")
{
    const auto [request, code] = GENERATE(table<test::client_request, errc>({
        {asking("/a#b"), errc::request_target_ambiguous},
        {asking("/a%2fb"), errc::request_target_ambiguous},
        {asking("a"), errc::request_malformed},
        {asking("app.example:443", {}, "CONNECT"), errc::request_method_not_allowed},
        {asking("/", {{"Host", "other.example"}}), errc::request_malformed}, // two Hosts
    }));
    CAPTURE(request.target);
    test::fake_exchange exchange(request);
    request_ids ids;
    visit here;
    const auto admitted = admit(exchange, {}, ids, here);
    REQUIRE_FALSE(admitted);
    CHECK(admitted.error().code == code);
    CHECK(here.about.request_id.size() == 32);
    CHECK_FALSE(here.about.client_address.empty());
}

TEST_CASE("only hosts of the list are served, when there is one", "[gateway]")
{
    const auto [host, allowed] = GENERATE(table<std::string, bool>({
        {"app.example", true},
        {"APP.EXAMPLE", true},
        {"other.example:8080", true},
        {"other.example", false},
        {"app.example:8080", false},
        {"notapp.example", false},
    }));
    CAPTURE(host);
    test::client_request request;
    request.fields = {{"Host", host}};
    test::fake_exchange exchange(request);
    admission_rules rules;
    rules.hosts = {"app.example", "other.example:8080"};
    request_ids ids;
    visit here;
    const auto admitted = admit(exchange, rules, ids, here);
    CHECK(admitted.has_value() == allowed);
    if (!admitted)
        CHECK(admitted.error().code == errc::request_host_unknown);
}

TEST_CASE("forwarded facts and ids are believed from trusted proxies only", "[gateway]")
{
    const auto [networks, client, host, is_secure, id] =
        GENERATE(table<std::string, std::string, std::string, bool, std::string>({
            {everybody, "203.0.113.9", "shown.example", true, "proxy-id"},
            {"192.0.2.77", "", "app.example", false, ""},
        }));
    test::fake_exchange exchange(asking(
        "/",
        {{"X-Forwarded-For", "203.0.113.9"},
         {"X-Forwarded-Proto", "https"},
         {"X-Forwarded-Host", "shown.example"},
         {"X-Request-Id", "proxy-id"}}
    ));
    // Trusting everybody leaves nobody who could be the client but the first of the chain.
    request_ids ids;
    visit here;
    REQUIRE(admit(exchange, trusting(networks), ids, here));
    CHECK(here.about.host == host);
    CHECK(here.about.is_secure == is_secure);
    if (!client.empty())
        CHECK(here.about.client_address == client);
    CHECK((here.about.request_id == id) == !id.empty());
}

TEST_CASE("the host of a trusted proxy is held against the list", "[gateway]")
{
    test::fake_exchange exchange(asking("/", {{"X-Forwarded-Host", "evil.example"}}));
    auto rules = trusting(everybody);
    rules.hosts = {"app.example"};
    request_ids ids;
    visit here;
    const auto admitted = admit(exchange, rules, ids, here);
    REQUIRE_FALSE(admitted);
    CHECK(admitted.error().code == errc::request_host_unknown);
}

TEST_CASE("an id from a proxy is a short token or it is not taken", "[gateway]")
{
    const auto [given, taken] = GENERATE(table<std::string, bool>({
        {"abc-123", true},
        {std::string(128, 'a'), true},
        {std::string(129, 'a'), false},
        {"a b", false},
        {"a\"b", false},
        {"", false},
    }));
    test::fake_exchange exchange(asking("/", {{"X-Request-Id", given}}));
    request_ids ids;
    visit here;
    REQUIRE(admit(exchange, trusting(everybody), ids, here));
    CHECK((here.about.request_id == given) == taken);
}

TEST_CASE("ids do not repeat", "[gateway]")
{
    request_ids ids;
    std::set<request_ids::id> seen;
    for (auto count = 0; count < 1000; ++count)
    {
        const auto id = ids.next();
        CHECK(std::string(id.begin(), id.end()).find_first_not_of("0123456789abcdef") == std::string::npos);
        seen.insert(id);
    }
    CHECK(seen.size() == 1000);
}

} // namespace sekisho::gateway
