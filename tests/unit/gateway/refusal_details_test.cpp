// SPDX-License-Identifier: Apache-2.0
// The log line of a refusal has the exact difference: what was expected and what was received, without
// secrets.
#include "gateway/admission.hpp"
#include "gateway/form/kept_form.hpp"
#include "gateway/local/emergency_proof.hpp"
#include "gateway/sign_in/email_domain.hpp"
#include "gateway/sign_in/proof.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "gateway/test_page/ticket.hpp"
#include "support/catch.hpp"
#include "support/exchange_builder.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/session_values.hpp"

#include <string>
#include <vector>

using namespace sekisho;
using namespace sekisho::gateway;
using namespace std::chrono_literals;
using test::detail;
using test::noon;

TEST_CASE("a host that is not served is told with those that are", "[gateway]")
{
    test::client_request request;
    request.fields = {{"Host", "other.example"}};
    test::fake_exchange exchange(request);
    admission_rules rules;
    rules.hosts = {"app.example", "two.example:8080"};
    request_ids ids;
    visit here;
    CHECK(
        detail(admit(exchange, rules, ids, here)) ==
        "received \"other.example\", expected one of \"app.example\", \"two.example:8080\""
    );
}

TEST_CASE("an address that is not the provider's is told by its domain alone", "[gateway]")
{
    const std::vector<std::vector<std::string>> domains{{}, {"corp.example", "corp.test"}};
    const auto expected = std::string(", expected one of \"corp.example\", \"corp.test\"");
    const auto [from, email, said] = GENERATE_COPY(table<std::size_t, std::string, std::string>({
        {1, "alice@else.example", "received an address of else.example" + expected},
        {1, "", "received no e-mail address" + expected},
        {0, "alice@corp.test", "an address of corp.test belongs to another provider"},
        {0,
         "alice@\xef\xbd\x83orp.example",
         "expected an e-mail address whose domain is in ASCII (\"xn--…\"), received one that is not"},
    }));
    CAPTURE(email);
    identity::identity who;
    who.user = "1";
    if (!email.empty())
        who.email = email;
    CHECK(detail(check_email_domain(who, from, domains)) == said);
}

TEST_CASE("a body that cannot be kept is told by its type and its field", "[gateway]")
{
    const auto [type, body, said] = GENERATE(table<std::string, std::string, std::string>({
        {"text/plain; charset=utf-8",
         "",
         "received a body of type \"text/plain\", expected a form that can be sent again: "
         "application/x-www-form-urlencoded or multipart/form-data"},
        {"application/x-www-form-urlencoded",
         "title=a&note=%ff",
         "the field \"note\" is not what can be sent again: UTF-8 text with CR LF for line breaks"},
        {"application/x-www-form-urlencoded", "title=a", ""},
    }));
    CAPTURE(type);
    const std::vector<http::field> fields{{"Content-Type", type}};
    const http::request_head head{"POST", "/x", 11, fields};
    const auto encoding = encoding_of(head);
    CHECK((encoding ? detail(read_fields(body, *encoding, head, 100)) : detail(encoding)) == said);
}

TEST_CASE("an emergency form of another kind is told by its way", "[gateway]")
{
    const auto [sent, said] = GENERATE(table<std::string, std::string>({
        {"way=passkey", ""},
        {"way=magic",
         "not a form of this page: expected way passkey, password or register, received \"magic\""},
        {"", "not a form of this page: expected way passkey, password or register, received \"\""},
    }));
    CHECK(detail(way_of(http::form::parse(sent).value())) == said);
}

TEST_CASE("a test ticket that is too old is told by its time", "[gateway]")
{
    test::fixed_random random;
    const crypto::key_ring keys({secret("a secret of more than thirty-two bytes")}, test_ticket_purpose);
    const auto ticket = make_test_ticket(keys, noon, random);
    CHECK(detail(check_test_ticket(keys, ticket, noon + 1min)).empty());
    const auto said = detail(check_test_ticket(keys, ticket, noon + 11min));
    CHECK(
        said == "the ticket is of " + format_time(noon) +
                    ", expected one of the last 10m; `sekisho check` prints another one"
    );
    CHECK_FALSE(test::has(said, ticket));
}

TEST_CASE("a link's provider that is not used here is told with those that are", "[gateway]")
{
    provider::configuration one;
    one.name = "okta";
    auto two = one;
    two.name = "entra";
    const std::vector all{one, two};
    const auto offers = provider_offers::make(all).value();
    const auto choice = offers.choose({"app.example", "/", "google\n", {}, {}});
    CHECK(choice.is == provider_choice::outcome::refused);
    CHECK(
        choice.reason ==
        "received idp \"google?\", expected one that may be used on this host: \"okta\", \"entra\""
    );
}

TEST_CASE("a step-up tells what the path demands and what the session shows", "[gateway]")
{
    const auto [demanded, shown, said] = GENERATE(table<access::step_up, access::sign_in_proof, std::string>({
        {{.acr = {"urn:mfa", "phr"}, .max_age = 300s},
         {.acr = "urn:pwd", .auth_time = noon - 20min, .began = noon - 1h},
         "the path demands acr \"urn:mfa\" or \"phr\" max_age 5m; the session shows acr \"urn:pwd\", "
         "auth_time 20m ago, begun 1h ago"},
        {{.acr = {}, .max_age = {}, .lifetime = 600s},
         {.acr = "", .auth_time = {}, .began = noon - 11min},
         "the path demands lifetime 10m; the session shows acr none, auth_time none, begun 11m ago"},
        {{.acr = {}, .max_age = {}, .scopes = {"read", "write"}},
         {.acr = "", .auth_time = {}, .began = noon - 11min, .scope = "read"},
         "the path demands scope \"read\" and \"write\"; the session shows acr none, auth_time none, begun "
         "11m "
         "ago, scope \"read\""},
    }));
    CHECK(difference(demanded, shown, noon) == said);
}
