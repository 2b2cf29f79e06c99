// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "provider/journal.hpp"
#include "provider/journal_checks.hpp"
#include "provider/masking.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

#include <nlohmann/json.hpp>

#include <random>

using namespace sekisho;
using provider::journal;
using provider::journal_step;

namespace
{

std::string everything(const journal& of)
{
    std::string text;
    for (const auto& entry : of.entries())
    {
        for (const auto& each : entry.values)
            text.append(each.name).append("=").append(each.text).append("\n");
        for (const auto& each : entry.documents)
            text.append(each.name).append(":").append(each.text).append("\n");
        for (const auto& each : entry.checks)
            text.append(each.name).append("?").append(each.detail).append("\n");
    }
    return text;
}

// Whether some `length` bytes of the secret stand in the text.
bool survives(std::string_view text, std::string_view secret, std::size_t length)
{
    for (std::size_t at = 0; at + length <= secret.size(); ++at)
        if (text.find(secret.substr(at, length)) != std::string_view::npos)
            return true;
    return false;
}

std::string random_text(std::mt19937& from, std::size_t size)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string made;
    for (std::size_t index = 0; index < size; ++index)
        made.push_back(alphabet[from() % alphabet.size()]);
    return made;
}

std::string jwt(std::mt19937& from, const nlohmann::json& payload)
{
    return base64url_encode(as_bytes(R"({"alg":"ES256","kid":"k1"})")) + "." +
           base64url_encode(as_bytes(payload.dump())) + "." + random_text(from, 86);
}

} // namespace

TEST_CASE("a mask shows how a long secret begins, of a short one only its length", "[provider]")
{
    const auto [secret, shown] = GENERATE(table<std::string, std::string>({
        {"", "(empty)"},
        {"s3cret", "… (6 characters)"},
        {std::string(31, 'a'), "… (31 characters)"},
        {"abcdefgh" + std::string(24, 'x'), "abcd… (32 characters)"},
        {"秘密秘密秘密秘密秘密秘密", "… (36 characters)"},
    }));
    CHECK(provider::masked(secret) == shown);
}

TEST_CASE("no piece of a token survives in a journal, wherever it was written", "[provider]")
{
    std::mt19937 random(4711);
    for (int round = 0; round < 200; ++round)
    {
        const auto opaque = random_text(random, 8 + random() % 200);
        const auto token = jwt(random, {{"sub", "alice"}, {"nested", {{"access_token", opaque}}}});
        const auto password = random_text(random, 16);
        journal the;
        the.begin(journal_step::token_request);
        the.fields({{"Authorization", "Basic " + password}, {"Accept", "application/json"}});
        the.values({{"code", opaque}, {"client_secret", password}, {"grant_type", "authorization_code"}});
        the.begin(journal_step::token_response);
        the.body(nlohmann::json{
            {"access_token", opaque},
            {"list", {{{"refresh_token", opaque}}}},
            {"odd_name", token},
            {"error_description", "the code " + opaque + " of " + password + " was used"}
        }
                     .dump());
        the.token("id_token", token);
        the.failed(error{errc::oidc_code_exchange_failure, "token_response", "described as " + opaque});
        the.value("X-Header", token);
        the.value("sentence", "with " + token + " inside");
        const auto text = everything(the);
        CAPTURE(opaque, token, password, text);
        CHECK_FALSE(survives(text, opaque, provider::shown_of_secret + 2));
        CHECK_FALSE(survives(text, password, provider::shown_of_secret + 2));
        CHECK_FALSE(survives(text, token, 12));
        CHECK(text.find("alice") != std::string::npos); // what it says is shown
        CHECK(text.find("authorization_code") != std::string::npos);
    }
}

TEST_CASE("what is no JSON is only counted, for nobody knows what is in it", "[provider]")
{
    journal the;
    the.begin(journal_step::token_response);
    the.body("access_token=gho_abcdefghijklmnop&scope=user");
    CHECK(everything(the) == "body=(44 bytes that are no JSON object)\n");
}

TEST_CASE("a journal before its first step takes nothing", "[provider]")
{
    journal the;
    the.value("a", "b");
    the.passed("c");
    the.failed(error{});
    CHECK(the.entries().empty());
}

TEST_CASE("a sign-in writes its steps in their order, and the checks up to the one that failed", "[provider]")
{
    const auto [claim, lie, failing, before] =
        GENERATE(table<std::string, nlohmann::json, std::string, std::string>({
            {"", nullptr, "", "id_token.iat"},
            {"iss", "https://evil.example", "id_token.iss", "id_token.signature"},
            {"aud", "another", "id_token.aud", "id_token.sub"},
            {"nonce", "another", "id_token.nonce", "id_token.aud"},
            {"exp", 1, "id_token.exp", "id_token.nonce"},
            {"iat", 99999999999, "id_token.iat", "id_token.exp"},
            {"at_hash", "AAAA", "id_token.at_hash", "id_token.iat"},
        }));
    CAPTURE(claim);
    test::provider_fixture the;
    auto claims = nlohmann::json::parse(the.claims());
    if (!claim.empty())
        claims[claim] = lie;
    the.http.answer_json(test::discovery_document);
    the.http.answer_json(the.token_body(the.key.sign_with_kid("k1", claims.dump())));
    the.http.answer_json(the.jwks());
    auto expected = test::provider_fixture::expectations();
    expected.record = std::make_shared<journal>();
    const auto record = expected.record;
    oidc::authorization_grant grant;
    grant.code = oidc::code("c-1");
    const auto got = test::run(the.context, the.make().verify(std::move(grant), std::move(expected)));
    CHECK(got.has_value() == claim.empty());

    std::vector<journal_step> steps;
    std::vector<std::string> passed;
    std::vector<std::string> failed;
    for (const auto& entry : record->entries())
    {
        steps.push_back(entry.step);
        for (const auto& each : entry.checks)
            (each.failed ? failed : passed).push_back(each.name);
    }
    using enum journal_step;
    CHECK(steps.at(0) == metadata);
    CHECK(steps.at(1) == token_request);
    CHECK(steps.at(2) == token_response);
    CHECK(steps.at(3) == id_token);
    CHECK(failed == (claim.empty() ? std::vector<std::string>{} : std::vector{failing}));
    CHECK(std::ranges::find(passed, before) != passed.end());
    CHECK(std::ranges::find(passed, failing) == passed.end());
}
