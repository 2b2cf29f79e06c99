// SPDX-License-Identifier: Apache-2.0
#include "provider/back_channel.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;

namespace
{

using oidc::client_authentication;

struct fixture : test::provider_fixture
{
    result<oidc::token_response> redeem(std::string metadata = test::discovery_document)
    {
        const auto with = services();
        provider::caller calls(what, with);
        provider::credentials proofs(what, with);
        provider::back_channel channel(what, calls, proofs);
        auto parsed = oidc::parse_metadata(metadata, what.issuer, what.transport, what.flow);
        REQUIRE(parsed);
        auto known = std::make_shared<const oidc::metadata>(std::move(*parsed));
        return test::run(
            context,
            channel.redeem(
                known, {oidc::code("c-1"), oidc::redirect_uri("https://gate/cb"), oidc::code_verifier("v-1")}
            )
        );
    }
    std::string authorization() const
    {
        for (const auto& [name, value] : http.requests().at(0).fields)
            if (name == "Authorization")
                return value;
        return {};
    }
};

std::string with_methods(const std::string& list)
{
    auto document = test::discovery_document;
    document.pop_back();
    return document + R"(,"token_endpoint_auth_methods_supported":)" + list + "}";
}

} // namespace

TEST_CASE("the client proves itself as the setting or the metadata says", "[provider]")
{
    const auto [set, announced, password, is_basic, in_body] =
        GENERATE(table<std::optional<client_authentication>, std::string, std::string, bool, bool>({
            {std::nullopt, "null", "s3cret", true, false}, // Discovery 3: the default is basic
            {std::nullopt, R"(["client_secret_post"])", "s3cret", false, true},
            {client_authentication::client_secret_post, "null", "s3cret", false, true},
            {std::nullopt, "null", "", false, false}, // a public client
        }));
    fixture the;
    the.what.authentication = set;
    the.what.client_secret = secret(password);
    the.http.answer_json(the.token_body("t"));
    REQUIRE(the.redeem(with_methods(announced)));
    CHECK(the.authorization().starts_with("Basic ") == is_basic);
    CHECK((the.http.requests()[0].body.find("client_secret=s3cret") != std::string::npos) == in_body);
    CHECK(the.http.requests()[0].method == "POST");
    CHECK(the.http.requests()[0].target.text() == "https://op.example/token");
}

TEST_CASE("a provider that takes no method of ours is refused without showing it the code", "[provider]")
{
    fixture the;
    const auto got = the.redeem(with_methods(R"(["private_key_jwt"])"));
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_code_exchange_failure);
    CHECK(the.http.calls() == 0);
}

TEST_CASE("who is told that the provider does not know us is told what it was shown", "[provider]")
{
    const auto [announced, password, shown] = GENERATE(table<std::string, std::string, std::string>({
        {"null", "s3cret", "client_secret_basic"},
        {R"(["client_secret_post"])", "s3cret", "client_secret_post"},
        {"null", "", "none"},
    }));
    fixture the;
    the.what.client_secret = secret(password);
    auto answer = test::json_answer(R"({"error":"invalid_client"})");
    answer.status = 401;
    the.http.answer(answer);
    const auto got = the.redeem(with_methods(announced));
    REQUIRE_FALSE(got);
    CHECK(got.error().detail.ends_with("; what it was shown is " + shown));
}

TEST_CASE("a code is shown to the provider once, whatever comes of it", "[provider]")
{
    const auto [status, body, code] = GENERATE(table<int, std::string, errc>({
        {400, R"({"error":"invalid_grant"})", errc::oidc_code_exchange_failure},
        {503, "", errc::oidc_code_exchange_failure},
        {307, "", errc::oidc_code_exchange_failure},
        {200, R"({"access_token":"a","token_type":"Bearer"})", errc::oidc_code_exchange_token_missing},
        {200, "not json", errc::oidc_code_exchange_failure},
    }));
    CAPTURE(status, body);
    fixture the;
    auto answer = test::json_answer(body);
    answer.status = status;
    the.http.answer(answer);
    the.http.answer_json(the.token_body("t"));
    const auto got = the.redeem();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == code);
    CHECK(the.http.calls() == 1);
}

TEST_CASE("a token endpoint that is too slow is named with the time it was given", "[provider]")
{
    fixture the;
    the.http.answer(fail(errc::network_timeout, "http_client", "https://op.example timed out after 10s"));
    the.http.answer_json(the.token_body("t"));
    const auto got = the.redeem();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_code_exchange_failure);
    CHECK(got.error().where == "token_endpoint");
    CHECK(got.error().detail == "https://op.example timed out after 10s");
    CHECK(the.http.calls() == 1);
}

TEST_CASE("the Origin goes to the token endpoint only when the registration wants it", "[provider]")
{
    const auto wants = GENERATE(false, true);
    fixture the;
    the.what.proofs.sends_origin = wants;
    the.http.answer_json(the.token_body("t"));
    REQUIRE(the.redeem());
    std::string sent;
    for (const auto& [name, value] : the.http.requests()[0].fields)
        if (name == "Origin")
            sent += value;
    CHECK(sent == (wants ? "https://gate" : "")); // of the redirect address
}
