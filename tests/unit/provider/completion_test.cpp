// SPDX-License-Identifier: Apache-2.0
#include "provider/completion.hpp"
#include "provider/registry.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;
using test::provider_fixture;

namespace
{

// Says what it is told to, and remembers what it was asked.
class scripted_completion final : public provider::completion
{
public:
    struct memory
    {
        result<oidc::claims> says;
        std::vector<std::string> known;
        std::vector<std::string> tokens;
    };
    explicit scripted_completion(memory& into) : into_(into) {}
    net::task<result<oidc::claims>> complete(oidc::claims known, secret access_token) override
    {
        into_.known.push_back(known.to_text());
        into_.tokens.emplace_back(access_token.reveal());
        co_return into_.says;
    }

private:
    memory& into_;
};

struct fixture : provider_fixture
{
    scripted_completion::memory asked;
    std::unique_ptr<provider::provider> op;

    explicit fixture(std::string_view says) : asked{oidc::claims::parse(says, "test"), {}, {}} {}
    result<provider::verified_sign_in> sign_in(oidc::authorization_grant grant = code())
    {
        op = std::make_unique<provider::provider>(
            what, services(), std::make_unique<scripted_completion>(asked)
        );
        return test::run(context, op->verify(std::move(grant), expectations()));
    }
    void speak_oauth2(std::string_view token = R"({"access_token":"at-1","token_type":"bearer"})")
    {
        what.protocol = provider::protocol::oauth2;
        http.answer_json(test::discovery_document);
        http.answer_json(std::string(token));
    }
};

const std::string alice = R"({"iss":"https://op.example","sub":"alice","groups":["a"]})";

} // namespace

TEST_CASE(
    "a completion gets verified claims and the access token, and its answer is the sign-in's", "[provider]"
)
{
    fixture the(alice);
    the.script_sign_in();
    const auto got = the.sign_in();
    REQUIRE(got);
    CHECK(got->claims.texts("groups") == std::vector<std::string>{"a"});
    CHECK_FALSE(got->id_token.empty());
    REQUIRE(the.asked.known.size() == 1);
    CHECK(the.asked.known.front().find(R"("sub":"alice")") != std::string::npos);
    CHECK(the.asked.tokens == std::vector<std::string>{"at-1"});
}

TEST_CASE("a completion that fails ends the sign-in", "[provider]")
{
    fixture the(alice);
    the.asked.says = fail(errc::oidc_directory_failure, "graph", "status 403");
    the.script_sign_in();
    CHECK(the.sign_in().error().code == errc::oidc_directory_failure);
}

TEST_CASE("a completion makes nobody somebody else", "[provider]")
{
    const auto says = GENERATE(
        R"({"iss":"https://op.example","sub":"bob"})",
        R"({"iss":"https://other.example","sub":"alice"})",
        R"({"iss":"https://op.example"})",
        R"({"iss":"https://op.example","sub":""})",
        R"({"iss":"https://op.example","sub":7})",
        "{}"
    );
    CAPTURE(says);
    fixture the(says);
    the.script_sign_in();
    CHECK(the.sign_in().error().code == errc::oidc_identity_unusable);
}

TEST_CASE("an invalid ID token shows its access token to no completion", "[provider]")
{
    fixture the(alice);
    the.script_sign_in();
    the.what.client = oidc::client_id("somebody-else");
    CHECK_FALSE(the.sign_in());
    CHECK(the.asked.known.empty());
}

TEST_CASE("OAuth 2.0: the completion says who it is, an unvalidated ID token is dropped", "[provider]")
{
    const auto token = GENERATE(
        R"({"access_token":"at-1","token_type":"bearer"})",
        R"({"access_token":"at-1","token_type":"bearer","id_token":"x.y.z"})"
    );
    fixture the(alice);
    the.speak_oauth2(token);
    const auto got = the.sign_in();
    REQUIRE(got);
    CHECK(got->claims.subject().view() == "alice");
    CHECK(got->id_token.empty());
    CHECK(the.asked.known == std::vector<std::string>{"{}"});
    CHECK(the.asked_paths() == std::vector<std::string>{"/.well-known/openid-configuration", "/token"});
}

TEST_CASE("OAuth 2.0: a person of no id or of another issuer is refused, and a token is needed", "[provider]")
{
    const auto [says, token, code] = GENERATE(table<std::string, std::string, errc>({
        {"{}", R"({"access_token":"a","token_type":"bearer"})", errc::oidc_identity_unusable},
        {R"({"iss":"https://evil.example","sub":"alice"})",
         R"({"access_token":"a","token_type":"bearer"})",
         errc::oidc_issuer_mismatch},
        {R"({"sub":"alice"})", R"({"access_token":"a","token_type":"bearer"})", errc::oidc_issuer_mismatch},
        {alice, R"({"token_type":"bearer"})", errc::oidc_code_exchange_token_missing},
        {alice, R"({"error":"incorrect_client_credentials"})", errc::oidc_code_exchange_failure
        }, // status 200
    }));
    CAPTURE(says, token);
    fixture the(says);
    the.speak_oauth2(token);
    CHECK(the.sign_in().error().code == code);
}

TEST_CASE(
    "RFC 6749, 10.16: without an ID token an access token from the front channel is nobody's", "[provider]"
)
{
    fixture the(alice);
    the.speak_oauth2();
    the.what.flow = oidc::flow::implicit;
    oidc::authorization_grant grant;
    grant.id_token = the.id_token();
    grant.access_token = secret("stolen");
    CHECK(the.sign_in(std::move(grant)).error().code == errc::oidc_received_no_code_or_token_failure);
    CHECK(the.asked.known.empty());
}

TEST_CASE("an OAuth 2.0 provider without a completion is refused at start", "[provider]")
{
    provider_fixture the;
    the.what.protocol = provider::protocol::oauth2;
    provider::registry all;
    const auto added = all.add(std::make_unique<provider::provider>(the.what, the.services()));
    REQUIRE_FALSE(added);
    CHECK(added.error().code == errc::value_malformed);
    scripted_completion::memory memory{oidc::claims(), {}, {}};
    CHECK(all.add(std::make_unique<provider::provider>(
        the.what, the.services(), std::make_unique<scripted_completion>(memory)
    )));
}
