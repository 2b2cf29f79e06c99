// SPDX-License-Identifier: Apache-2.0
#include "provider/key_source.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;
using provider::document_state;

namespace
{

using outcome = result<std::shared_ptr<const oidc::key_set>>;

struct fixture : test::provider_fixture
{
    fixture()
        : with(services()), calls(what, with), metadata(what, with, calls), keys(what, with, calls, metadata)
    {
    }
    outcome get() { return test::run(context, keys.get()); }
    outcome newer_than(std::shared_ptr<const oidc::key_set> seen)
    {
        return test::run(context, keys.newer_than(std::move(seen)));
    }
    void fetch_both()
    {
        http.answer_json(test::discovery_document);
        http.answer_json(jwks());
        REQUIRE(get());
    }
    provider::services with;
    provider::caller calls;
    provider::metadata_source metadata;
    provider::key_source keys;
};

// A provider whose keys come signed by `signer` from /keys.jwt.
struct signed_fixture : fixture
{
    signed_fixture()
    {
        what.reach.key_signers =
            std::make_shared<const oidc::key_set>(oidc::key_set::from_file(signer.jwks({.kid = "s1"})).value()
            );
    }
    static std::string document()
    {
        auto text = test::discovery_document;
        return text.insert(text.size() - 1, R"(,"signed_jwks_uri":"https://op.example/keys.jwt")");
    }
    std::string set(std::int64_t exp) const { return set(signer, exp); }
    std::string set(const test::signing_key& by, std::int64_t exp) const
    {
        auto payload = jwks();
        return by.sign_with_kid(
            "s1", payload.insert(1, R"("iss":"https://op.example","exp":)" + std::to_string(exp) + ",")
        );
    }
    void answer_set(const std::string& jwt, std::string_view cached = {})
    {
        net::incoming_response reply{.status = 200, .fields = {}, .body = jwt};
        if (!cached.empty())
            reply.fields.emplace_back("Cache-Control", cached);
        http.answer(std::move(reply));
    }

    test::signing_key signer = test::signing_key::make("ES256");
};

} // namespace

TEST_CASE("with pinned signers the keys come from the signed set, and jwks_uri is never asked", "[provider]")
{
    signed_fixture the;
    the.http.answer_json(the.document());
    the.answer_set(the.set(test::noon + 3600));
    const auto got = the.get();
    REQUIRE(got);
    CHECK((*got)->keys().front().kid() == "k1");
    CHECK(the.asked_paths() == std::vector<std::string>{"/.well-known/openid-configuration", "/keys.jwt"});
    CHECK(the.http.requests().back().fields.front().second.starts_with("application/jwk-set+jwt"));
}

TEST_CASE("a set that nobody pinned has signed is refused, and so are all tokens", "[provider]")
{
    signed_fixture the;
    const std::vector<std::string> bodies{
        the.jwks(),                                                   // plain
        the.set(test::signing_key::make("ES256"), test::noon + 3600), // by somebody else
        the.set(test::noon - 61),                                     // stale
        the.set(test::signing_key::with_secret("HS256", the.signer.public_pem()), test::noon + 3600),
    };
    const auto body = bodies.at(GENERATE(0U, 1U, 2U, 3U));
    CAPTURE(body);
    the.http.answer_json(the.document());
    the.answer_set(body);
    const auto got = the.get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_key_fetch_failure);
    CHECK(std::string_view(got.error().where).starts_with("signed_jwks"));
    CHECK(the.asked("/jwks") == 0);
}

TEST_CASE("metadata without an address of the signed set is refused and says what to do", "[provider]")
{
    signed_fixture the;
    the.http.answer_json(test::discovery_document);
    const auto got = the.get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_metadata_fetch_failure);
    CHECK(got.error().detail.find("oidc.signed_jwks_uri") != std::string::npos);
    CHECK(the.http.calls() == 1);
}

TEST_CASE("an unknown key fetches the signed set again, and an unsigned one changes nothing", "[provider]")
{
    signed_fixture the;
    the.http.answer_json(the.document());
    the.answer_set(the.set(test::noon + 3600));
    const auto first = the.get().value();
    the.answer_set(the.set(test::noon + 7200));
    const auto second = the.newer_than(first);
    REQUIRE(second);
    CHECK(*second != first);
    CHECK(the.asked("/keys.jwt") == 2);
    the.steady += the.what.key_refetch_pause;
    the.answer_set(the.jwks());
    CHECK_FALSE(the.newer_than(*second));
    CHECK(the.get() == *second);
}

TEST_CASE("a signed set is used until its end and then fetched again, or nothing is", "[provider]")
{
    signed_fixture the;
    the.http.answer_json(the.document());
    the.answer_set(the.set(test::noon + 3600));
    REQUIRE(the.get());
    the.now += std::chrono::seconds(3600 + 59);
    CHECK(the.get());
    CHECK(the.asked("/keys.jwt") == 1);
    the.now += std::chrono::seconds(1); // with the clock's difference
    CHECK(the.keys.peek() == nullptr);
    the.http.answer(fail(errc::network_timeout, "http_client", "timed out after 10s"));
    CHECK_FALSE(the.get());
    the.steady += std::chrono::minutes(2);
    the.answer_set(the.set(test::noon + 9999));
    CHECK(the.get());
    CHECK(the.asked("/keys.jwt") == 3);
}

TEST_CASE("a signed set is due again before its end, whatever the answer says of caches", "[provider]")
{
    const auto cached = GENERATE(as<std::string>{}, "", "max-age=86400");
    signed_fixture the;
    the.http.answer_json(the.document());
    the.answer_set(the.set(test::noon + 600), cached);
    REQUIRE(the.get());
    CHECK(the.keys.next_attempt() == the.steady + std::chrono::seconds(600 + 60));
}

TEST_CASE("a profile leaves Ed448 keys out, of given keys too", "[provider]")
{
    fixture the;
    the.what.profile.emplace();
    the.what.profile->binding = oidc::token_binding::dpop;
    auto document = test::discovery_document;
    document.insert(
        document.size() - 1, R"(,"pushed_authorization_request_endpoint":"https://op.example/par")"
    );
    const auto set = R"({"keys":[)" + test::signing_key::make_ed448().jwk({.kid = "448"}) + "," +
                     test::signing_key::make("EdDSA").jwk({.kid = "25519"}) + "]}";
    the.http.answer_json(document);
    the.http.answer_json(set);
    const auto got = the.get();
    REQUIRE(got);
    REQUIRE((*got)->keys().size() == 1);
    CHECK((*got)->keys().front().kid() == "25519");

    the.what.reach.keys = std::make_shared<const oidc::key_set>(oidc::key_set::parse(set).value());
    provider::key_source given(the.what, the.with, the.calls, the.metadata);
    CHECK(given.peek()->keys().size() == 1);
}

TEST_CASE("the keys come from the metadata's jwks_uri, once", "[provider]")
{
    fixture the;
    the.fetch_both();
    REQUIRE(the.get());
    CHECK(the.asked_paths() == std::vector<std::string>{"/.well-known/openid-configuration", "/jwks"});
    CHECK(the.keys.peek()->keys().size() == 1);
}

TEST_CASE("an unknown key fetches the set again once per pause", "[provider]")
{
    fixture the;
    the.fetch_both();
    const auto first = the.keys.peek();

    the.http.answer_json(the.jwks());
    const auto second = the.newer_than(first);
    REQUIRE(second);
    CHECK(*second != first);
    CHECK(the.asked("/jwks") == 2);

    the.steady += the.what.key_refetch_pause - 1ms;
    CHECK(the.newer_than(*second) == *second); // too soon: the same set
    CHECK(the.asked("/jwks") == 2);

    the.steady += 1ms;
    the.http.answer_json(the.jwks());
    CHECK(the.newer_than(*second) != *second);
    CHECK(the.asked("/jwks") == 3);
}

TEST_CASE("who has seen an older set than the newest gets the newest without a fetch", "[provider]")
{
    fixture the;
    the.fetch_both();
    const auto first = the.keys.peek();
    the.http.answer_json(the.jwks());
    REQUIRE(the.newer_than(first));
    CHECK(the.newer_than(first) == the.keys.peek());
    CHECK(the.asked("/jwks") == 2);
}

TEST_CASE("two sign-ins with an unknown key at the same time share one fetch", "[provider]")
{
    fixture the;
    the.fetch_both();
    const auto first = the.keys.peek();
    the.http.hold();
    the.http.answer_json(the.jwks());
    std::optional<outcome> one;
    std::optional<outcome> other;
    test::start(the.context, the.keys.newer_than(first), one);
    test::start(the.context, the.keys.newer_than(first), other);
    the.context.restart();
    the.context.poll();
    the.http.release();
    the.context.restart();
    the.context.poll();
    REQUIRE(one);
    REQUIRE(other);
    CHECK(*one == **other);
    CHECK(*one != first);
    CHECK(the.asked("/jwks") == 2);
}

TEST_CASE("an unknown key is refused while the provider cannot be asked", "[provider]")
{
    fixture the;
    the.fetch_both();
    const auto first = the.keys.peek();
    the.http.answer(fail(errc::network_timeout, "http_client", "timed out after 10s"));
    const auto got = the.newer_than(first);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_key_fetch_failure);
    CHECK(got.error().detail == "timed out after 10s");
    CHECK(the.get() == first); // known keys go on to work
    CHECK(the.keys.state().what == document_state::kind::failing);
}

TEST_CASE("a key answer that is no key set is refused", "[provider]")
{
    const auto [status, body] = GENERATE(table<int, std::string>({
        {500, R"({"keys":[]})"},
        {302, R"({"keys":[]})"},
        {200, R"({"keys":[]})"},
        {200, "[]"},
        {200, R"({"keys":[{"kty":"oct","k":"AAAA"}]})"}, // a symmetric key published is no key
    }));
    CAPTURE(status, body);
    fixture the;
    the.http.answer_json(test::discovery_document);
    the.http.answer(net::incoming_response{.status = status, .fields = {}, .body = body});
    const auto got = the.get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_key_fetch_failure);
}

TEST_CASE("a failing discovery is not remembered as a failure of the keys", "[provider]")
{
    fixture the;
    the.http.answer(fail(errc::network_failure, "http_client", "connection refused"));
    CHECK(the.get().error().code == errc::oidc_metadata_fetch_failure);
    CHECK(the.keys.state().what == document_state::kind::never_fetched);
    the.steady += 1s;
    the.fetch_both();
}

TEST_CASE("the keys' own Cache-Control brings their refresh forward", "[provider]")
{
    fixture the;
    the.http.answer_json(test::discovery_document);
    auto cached = test::json_answer(the.jwks());
    cached.fields.emplace_back("Cache-Control", "max-age=300");
    the.http.answer(cached);
    REQUIRE(the.get());
    the.steady += 299s;
    test::run(the.context, the.keys.refresh_if_due());
    CHECK(the.asked("/jwks") == 1);
    the.steady += 1s;
    the.http.answer_json(the.jwks());
    test::run(the.context, the.keys.refresh_if_due());
    CHECK(the.asked("/jwks") == 2);
}
