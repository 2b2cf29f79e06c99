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

} // namespace

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
