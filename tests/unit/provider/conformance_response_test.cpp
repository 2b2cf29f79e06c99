// SPDX-License-Identifier: Apache-2.0
// What the OpenID Foundation's relying party tests expect of the answer that comes through the browser, in
// every response type. docs/conformance.md lists them.
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "unit/provider/relying_party.hpp"

using namespace sekisho;
using namespace sekisho::test;

namespace
{

using oidc::flow;

const std::string lacking = "oidc_received_no_code_or_token_failure at authorization_response";

oidc::parameters without(oidc::parameters all, const std::string& name)
{
    std::erase_if(all, [&](const oidc::parameter& each) { return each.name == name; });
    return all;
}

} // namespace

TEST_CASE("an answer that lacks a part of its response type asks nobody anything", "[provider]")
{
    const auto [how, part] = GENERATE(table<flow, std::string>({
        {flow::pkce, "code"},
        {flow::code, "code"},
        {flow::implicit, "id_token"},
        {flow::id_token_token, "id_token"}, // Core 3.2.2.5
        {flow::id_token_token, "access_token"},
        {flow::code_id_token, "code"},
        {flow::code_id_token, "id_token"},
        {flow::code_token, "code"},
        {flow::code_token, "access_token"},
        {flow::code_id_token_token, "code"},
        {flow::code_id_token_token, "id_token"},
        {flow::code_id_token_token, "access_token"},
    }));
    CAPTURE(oidc::response_type(how), part);
    relying_party rp(how);
    const auto got = rp.sign_in(without(rp.response(), part));
    CHECK(outcome(got) == lacking);
    CHECK(has(detail(got), "no " + part + " parameter"));
    CHECK(rp.calls() == "0,0");
    CHECK(rp.peer.asked("/jwks") == 0);
}

TEST_CASE("what is beyond the response type is not taken, whatever it is", "[provider]")
{
    const auto [how, name, value] = GENERATE(table<flow, std::string, std::string>({
        {flow::pkce, "id_token", "not.even.one"},
        {flow::pkce, "access_token", "of-somebody-else"}, // CVE-2026-82462
        {flow::code_id_token, "access_token", "of-somebody-else"},
        {flow::code_token, "id_token", "not.even.one"},
        {flow::implicit, "code", "of-somebody-else"},
        {flow::id_token_token, "code", "of-somebody-else"},
    }));
    CAPTURE(oidc::response_type(how), name);
    relying_party rp(how);
    auto received = rp.response();
    received.push_back({name, value});
    const auto got = rp.sign_in(received);
    REQUIRE(outcome(got) == "ok");
    CHECK(got->access_token.reveal() != "of-somebody-else");
    CHECK_FALSE(has(rp.peer.last_body("/token"), "of-somebody-else"));
}

TEST_CASE("an answer of another issuer redeems nothing, and one without when it was announced", "[provider]")
{
    const auto [how, iss, expected] = GENERATE(table<flow, std::string, std::string>({
        {flow::pkce, "https://evil.example", "oidc_issuer_mismatch at authorization_response.iss"
        }, // RFC 9207, 2.4
        {flow::pkce, "", "oidc_issuer_mismatch at authorization_response.iss"},
        {flow::code_token, "", "oidc_issuer_mismatch at authorization_response.iss"},
        {flow::code_id_token, "https://evil.example", "oidc_issuer_mismatch at authorization_response.iss"},
        {flow::code_id_token, "", "ok"}, // its ID token says it (RFC 9207, 4)
        {flow::implicit, "", "ok"},
    }));
    CAPTURE(oidc::response_type(how), iss);
    relying_party rp(how);
    auto received = without(rp.response(), "iss");
    if (!iss.empty())
        received.push_back({"iss", iss});
    CHECK(outcome(rp.sign_in(received)) == expected);
    if (expected != "ok")
        CHECK(rp.calls() == "0,0");
}

TEST_CASE("an answer with a parameter twice asks nobody anything (RFC 6749, 3.1)", "[provider]")
{
    const auto* const name = GENERATE("state", "code", "iss", "anything");
    relying_party rp;
    auto received = rp.response();
    received.push_back({"anything", "x"});
    received.push_back({name, "x"});
    CHECK(outcome(rp.sign_in(received)) == "oidc_parameter_duplicated at authorization_response");
    CHECK(rp.calls() == "0,0");
}
