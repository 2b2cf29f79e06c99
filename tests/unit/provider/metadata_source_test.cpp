// SPDX-License-Identifier: Apache-2.0
#include "provider/metadata_source.hpp"
#include "support/catch.hpp"
#include "unit/provider/fixture.hpp"

using namespace sekisho;
using provider::document_state;

namespace
{

using outcome = result<std::shared_ptr<const oidc::metadata>>;

const error broken{errc::network_failure, "http_client", "connection refused"};

struct fixture : test::provider_fixture
{
    outcome get() { return test::run(context, source().get()); }
    void refresh() { test::run(context, source().refresh_if_due()); }
    provider::metadata_source& source()
    {
        if (!source_)
        {
            with = std::make_unique<provider::services>(services());
            calls = std::make_unique<provider::caller>(what, *with);
            source_ = std::make_unique<provider::metadata_source>(what, *with, *calls);
        }
        return *source_;
    }
    std::unique_ptr<provider::services> with;
    std::unique_ptr<provider::caller> calls;
    std::unique_ptr<provider::metadata_source> source_;
};

} // namespace

TEST_CASE("the discovery document is fetched when it is first needed and then kept", "[provider]")
{
    fixture the;
    CHECK(the.source().state().what == document_state::kind::never_fetched);
    CHECK(the.source().peek() == nullptr);
    the.http.answer_json(test::discovery_document);
    REQUIRE(the.get());
    REQUIRE(the.get());
    REQUIRE(the.http.calls() == 1);
    CHECK(the.http.requests()[0].target.text() == "https://op.example/.well-known/openid-configuration");
    CHECK(the.source().peek()->jwks_uri->text() == "https://op.example/jwks");
    CHECK(the.source().state().what == document_state::kind::ok);
    CHECK(the.source().state().since == the.now);
}

TEST_CASE("all who need the document at the same time wait for one fetch", "[provider]")
{
    fixture the;
    the.http.hold();
    the.http.answer_json(test::discovery_document);
    std::array<std::optional<outcome>, 3> got;
    for (auto& each : got)
        test::start(the.context, the.source().get(), each);
    the.context.poll();
    CHECK(the.http.calls() == 1);
    the.http.release();
    the.context.restart();
    the.context.poll();
    for (const auto& each : got)
    {
        REQUIRE(each);
        CHECK(*each == the.source().peek());
    }
    CHECK(the.http.calls() == 1);
}

TEST_CASE("after a failure the last error is answered at once until the back-off is over", "[provider]")
{
    fixture the;
    the.http.answer(std::unexpected(broken));
    const auto first = the.get();
    REQUIRE_FALSE(first);
    CHECK(first.error().code == errc::oidc_metadata_fetch_failure);
    CHECK(first.error().detail == "connection refused");
    const auto second = the.get();
    REQUIRE_FALSE(second);
    CHECK(second.error().detail == "connection refused");
    CHECK(the.http.calls() == 1);

    the.steady += 1s;
    the.http.answer_json(test::discovery_document);
    CHECK(the.get());
    CHECK(the.http.calls() == 2);
}

TEST_CASE("failing says since when and why, and the first failure counts", "[provider]")
{
    fixture the;
    the.http.answer(std::unexpected(broken));
    the.http.answer(std::unexpected(error{errc::network_timeout, "http_client", "timed out after 10s"}));
    const auto since = the.now;
    (void)the.get();
    the.now += 5s;
    the.steady += 5s;
    (void)the.get();
    const auto state = the.source().state();
    CHECK(state.what == document_state::kind::failing);
    CHECK_FALSE(state.is_usable);
    CHECK(state.since == since);
    REQUIRE(state.last_error);
    CHECK(state.last_error->detail == "timed out after 10s");
}

TEST_CASE("a refresh that fails leaves the old document in use and is tried again", "[provider]")
{
    fixture the;
    the.http.answer_json(test::discovery_document);
    REQUIRE(the.get());
    const auto old = the.source().peek();
    the.refresh();
    CHECK(the.http.calls() == 1); // not due

    the.steady += 1h;
    the.http.answer(std::unexpected(broken));
    the.refresh();
    CHECK(the.http.calls() == 2);
    CHECK(the.source().peek() == old);
    CHECK(the.source().state().what == document_state::kind::failing);
    CHECK(the.source().state().is_usable);
    CHECK(the.get() == old);

    the.steady += 1s;
    the.http.answer_json(test::discovery_document);
    the.refresh();
    CHECK(the.source().peek() != old);
    CHECK(the.source().state().what == document_state::kind::ok);
}

TEST_CASE("GHSA-f5mr-q85p-6hh6: a redirect of the discovery document is refused, not followed", "[provider]")
{
    const auto status = GENERATE(301, 302, 303, 307, 308);
    fixture the;
    the.http.answer(net::incoming_response{
        .status = status,
        .fields = {{"Location", "https://evil.example/.well-known/openid-configuration"}},
        .body = test::discovery_document
    });
    const auto got = the.get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_metadata_fetch_failure);
    CHECK(got.error().detail.find("redirect to \"https://evil.example/") != std::string::npos);
    CHECK(the.http.calls() == 1);
}

TEST_CASE("an unusable discovery answer is refused with the reason", "[provider]")
{
    const auto [status, body, code, hint] = GENERATE(table<int, std::string, errc, std::string>({
        {404, test::discovery_document, errc::oidc_metadata_fetch_failure, "status 404"},
        {204, "", errc::oidc_metadata_fetch_failure, "status 204"},
        {200, "<html>", errc::oidc_metadata_fetch_failure, ""},
        {200, R"({"issuer":"https://op.example/"})", errc::oidc_issuer_mismatch, "slash"}, // Discovery 4.3
        {200,
         R"({"issuer":"https://op.example"})",
         errc::oidc_metadata_fetch_failure,
         "authorization_endpoint"},
    }));
    fixture the;
    the.http.answer(net::incoming_response{.status = status, .fields = {}, .body = body});
    const auto got = the.get();
    REQUIRE_FALSE(got);
    CAPTURE(got.error().detail);
    CHECK(got.error().code == code);
    CHECK(got.error().detail.find(hint) != std::string::npos);
}

TEST_CASE("a fetch that is abandoned with its io_context harms nobody", "[provider]")
{
    fixture the;
    the.http.hold();
    std::array<std::optional<outcome>, 3> got;
    {
        net::asio::io_context doomed(1);
        auto with = the.services();
        with.home = doomed.get_executor();
        provider::caller calls(the.what, with);
        provider::metadata_source source(the.what, with, calls);
        for (auto& each : got)
            test::start(doomed, source.get(), each);
        doomed.poll();
        REQUIRE(the.http.calls() == 1);
    }
    for (const auto& each : got)
        CHECK_FALSE(each);
}

TEST_CASE("a document that does not meet the profile is refused, and one that does is taken", "[provider]")
{
    fixture the;
    the.what.profile.emplace();
    the.what.profile->name = "fapi2_security";
    the.what.profile->algorithms = {crypto::algorithm::ps256};
    the.http.answer_json(test::discovery_document);
    const auto got = the.get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::oidc_metadata_fetch_failure);
    CHECK(std::string_view(got.error().where) == oidc::unmet_profile);
    CHECK(got.error().detail.find("pushed_authorization_request_endpoint") != std::string::npos);
    CHECK(the.source().peek() == nullptr);

    the.steady += std::chrono::minutes(2);
    auto better = test::discovery_document;
    better.insert(
        better.size() - 1,
        R"(,"pushed_authorization_request_endpoint":"https://op.example/par",
            "tls_client_certificate_bound_access_tokens":true)"
    );
    the.http.answer_json(better);
    CHECK(the.get());
}
