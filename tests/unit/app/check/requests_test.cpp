// SPDX-License-Identifier: Apache-2.0
#include "app/check/credentials.hpp"
#include "app/check/requests.hpp"
#include "crypto/decryption_key.hpp"
#include "crypto/signing_key.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sekisho::app
{
namespace
{

std::string codes(const check_findings& found)
{
    std::string text;
    for (const auto& each : found)
        text.append(text.empty() ? "" : " ").append(describe(each.code).name);
    return text;
}

} // namespace

TEST_CASE("pushed and signed requests are held against what the provider demands", "[app]")
{
    using enum provider::pushing;
    using oidc::support;
    const auto [wish, demand, has_address, expected] =
        GENERATE(table<provider::pushing, support, bool, std::string>({
            {automatic, support::unknown, true, ""},
            {automatic, support::no, true, ""},
            {automatic, support::yes, true, "provider.pushed_requests"},
            {automatic, support::yes, false, "provider.pushed_requests_impossible"},
            {always, support::unknown, true, "provider.pushed_requests"},
            {always, support::unknown, false, "provider.pushed_requests_impossible"},
            {never, support::yes, true, "provider.pushed_requests_missing"},
            {never, support::no, true, ""},
        }));
    oidc::metadata metadata;
    metadata.requires_pushed_requests = demand;
    if (has_address)
        metadata.pushed_authorization_request_endpoint = url::parse("https://idp.example/par").value();
    provider::configuration what;
    what.wishes.pushed = wish;
    CHECK(codes(judge_requests(metadata, what)) == expected);
    metadata.requires_request_objects = support::yes;
    const auto more = expected.empty() ? "" : expected + " ";
    CHECK(codes(judge_requests(metadata, what)) == more + "provider.request_objects_missing");
    what.wishes.object = provider::request_object::signed_by_us;
    CHECK(codes(judge_requests(metadata, what)) == expected);
}

TEST_CASE("algorithms of signed answers are looked for where answers are signed", "[app]")
{
    oidc::metadata metadata;
    metadata.response_algorithms = {"HS256"};
    provider::configuration what;
    CHECK(codes(judge_requests(metadata, what)).empty());
    what.wishes.mode = oidc::response_mode::jwt;
    CHECK(codes(judge_requests(metadata, what)) == "provider.algorithms_unsupported");
    metadata.response_algorithms.emplace_back("PS256");
    CHECK(codes(judge_requests(metadata, what)).empty());
}

TEST_CASE("the way in which answers are signed is looked for in the provider's list", "[app]")
{
    using enum oidc::response_mode;
    const auto [flow, mode, missing] = GENERATE(table<oidc::flow, oidc::response_mode, std::string>({
        {oidc::flow::pkce, usual, ""},
        {oidc::flow::pkce, query, "query"},
        {oidc::flow::pkce, jwt, "jwt"},
        {oidc::flow::pkce, query_jwt, "query.jwt"},
        {oidc::flow::pkce, form_post_jwt, "form_post.jwt"},
        {oidc::flow::implicit, jwt, "form_post.jwt"},
        {oidc::flow::implicit, form_post, ""}, // doubts() knows
    }));
    oidc::metadata metadata;
    metadata.response_modes = {"fragment"};
    const auto found = judge_response_mode(metadata, flow, mode);
    REQUIRE(found.empty() == missing.empty());
    if (!missing.empty())
    {
        CHECK(found[0].found == "the provider's response_modes_supported does not list \"" + missing + "\"");
        metadata.response_modes.push_back(missing);
        CHECK(judge_response_mode(metadata, flow, mode).empty());
    }
    metadata.response_modes.clear(); // says nothing
    CHECK(judge_response_mode(metadata, flow, mode).empty());
}

TEST_CASE("requests that are to be encrypted need a key of the provider's and an algorithm", "[app]")
{
    const time_point now{std::chrono::seconds(1'800'000'000)};
    auto jwk = crypto::decryption_key::generate(crypto::key_management::ecdh_es).value().public_jwk();
    jwk["kid"] = "e1";
    const auto signs = crypto::signing_key::generate(crypto::algorithm::es256).value().public_jwk();
    const auto with = oidc::key_set::parse(to_text(json{{"keys", {jwk, signs}}})).value();
    const auto without = oidc::key_set::parse(to_text(json{{"keys", {signs}}})).value();
    oidc::metadata metadata;
    provider::configuration what;
    CHECK(judge_request_encryption(with, metadata, what, now).empty());
    what.wishes.object = provider::request_object::encrypted;
    const auto fine = judge_request_encryption(with, metadata, what, now);
    CHECK(codes(fine) == "provider.request_encryption");
    CHECK(fine.front().found == R"(requests are encrypted by ECDH-ES, A128CBC-HS256, kid "e1")");
    CHECK(
        codes(judge_request_encryption(without, metadata, what, now)) ==
        "provider.request_encryption_impossible"
    );
    metadata.request_object_key_managements = {"RSA-OAEP"};
    CHECK(
        codes(judge_request_encryption(with, metadata, what, now)) == "provider.request_encryption_impossible"
    );
}

TEST_CASE("an algorithm of our keys that the provider does not announce is told before it refuses", "[app]")
{
    struct row
    {
        std::string key; // the file that is set; empty: none
        std::string assertion;
        provider::request_object object;
        std::vector<std::string> of_assertions;
        std::vector<std::string> of_requests;
        std::string expected;
    };
    using enum provider::request_object;
    const auto each = GENERATE(values<row>({
        {"key", "", off, {}, {}, ""},
        {"key", "", off, {"ES256", "RS256"}, {"RS256"}, ""},
        {"key", "", off, {"RS256"}, {}, "provider.not_announced"},
        {"key", "", signed_by_us, {"ES256"}, {"RS256"}, "provider.not_announced"},
        {"key", "", signed_by_us, {"RS256"}, {"PS256"}, "provider.not_announced provider.not_announced"},
        {"key", "token", off, {"RS256"}, {}, ""}, // somebody else signs
    }));
    const std::vector keys{crypto::signing_key::generate(crypto::algorithm::es256).value()};
    oidc::metadata metadata;
    metadata.token_endpoint_auth_algorithms = each.of_assertions;
    metadata.request_object_algorithms = each.of_requests;
    provider::configuration what;
    what.client = oidc::client_id("gate");
    what.proofs.signing_key = each.key;
    what.proofs.assertion_file = each.assertion;
    what.wishes.object = each.object;
    const auto found = judge_signing(keys, metadata, what);
    CHECK(codes(found) == each.expected);
    if (!found.empty())
        CHECK(found.front().found.find("ES256") != std::string::npos);
}

} // namespace sekisho::app
