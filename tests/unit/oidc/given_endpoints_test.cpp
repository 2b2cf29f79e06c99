// SPDX-License-Identifier: Apache-2.0
#include "oidc/given_endpoints.hpp"
#include "oidc/metadata.hpp"
#include "support/catch.hpp"

using namespace sekisho;
using namespace sekisho::oidc;

namespace
{

url at(const std::string& text) { return url::parse(text).value(); }

const issuer_setting issuer_of_all =
    parse_issuer("https://op.example/", transport::https_or_loopback).value();

given_endpoints all_given()
{
    return {
        at("https://a.example/authorize"),
        at("https://a.example/token"),
        at("https://a.example/userinfo"),
        at("https://a.example/jwks"),
        at("https://a.example/bye"),
        at("https://a.example/introspect"),
        at("https://a.example/revoke"),
        at("https://a.example/par"),
        at("https://a.example/keys.jwt"),
        at("https://a.example/register"),
    };
}

constexpr std::string_view document = R"({"issuer":"https://op.example/",
    "authorization_endpoint":"https://op.example/authorize","token_endpoint":"https://op.example/token",
    "jwks_uri":"https://op.example/jwks","userinfo_endpoint":"https://op.example/userinfo",
    "end_session_endpoint":"https://op.example/bye","introspection_endpoint":"https://op.example/introspect",
    "revocation_endpoint":"https://op.example/revoke","mtls_endpoint_aliases":{
    "token_endpoint":"https://mtls.example/token","userinfo_endpoint":"https://mtls.example/userinfo",
    "pushed_authorization_request_endpoint":"https://mtls.example/par"},
    "pushed_authorization_request_endpoint":"https://op.example/par"})";

} // namespace

TEST_CASE("every address of the settings replaces its member of the document", "[oidc]")
{
    const auto made = parse_metadata(document, issuer_of_all, {.given = all_given()});
    REQUIRE(made);
    CHECK(made->issuer.view() == "https://op.example/");
    CHECK(made->authorization_endpoint.text() == "https://a.example/authorize");
    CHECK(made->token_endpoint->text() == "https://a.example/token");
    CHECK(made->userinfo_endpoint->text() == "https://a.example/userinfo");
    CHECK(made->jwks_uri->text() == "https://a.example/jwks");
    CHECK(made->end_session_endpoint->text() == "https://a.example/bye");
    CHECK(made->introspection_endpoint->text() == "https://a.example/introspect");
    CHECK(made->revocation_endpoint->text() == "https://a.example/revoke");
    CHECK(made->pushed_authorization_request_endpoint->text() == "https://a.example/par");
    CHECK(made->signed_jwks_uri->text() == "https://a.example/keys.jwt");
    CHECK(made->registration_endpoint->text() == "https://a.example/register");
}

TEST_CASE("an address of the settings replaces the document's alias for certificates too", "[oidc]")
{
    given_endpoints given;
    given.token_endpoint = at("https://a.example/token");
    const auto made = parse_metadata(document, issuer_of_all, {.given = given});
    REQUIRE(made);
    CHECK_FALSE(made->mtls.token_endpoint);
    CHECK(made->mtls.pushed_authorization_request_endpoint->text() == "https://mtls.example/par");
    given.pushed_authorization_request_endpoint = at("https://a.example/par");
    const auto other = parse_metadata(document, issuer_of_all, {.given = given});
    CHECK_FALSE(other->mtls.pushed_authorization_request_endpoint);
    CHECK(made->mtls.userinfo_endpoint->text() == "https://mtls.example/userinfo");
}

TEST_CASE("a member that the settings replace may be missing or broken in the document", "[oidc]")
{
    const auto text = GENERATE(
        std::string(R"({"issuer":"https://op.example/"})"),
        std::string(
            R"({"issuer":"https://op.example/","authorization_endpoint":7,"token_endpoint":"ftp://x",)"
            R"("jwks_uri":null})"
        )
    );
    CHECK(parse_metadata(text, issuer_of_all, {.given = all_given()}));
    CHECK_FALSE(parse_metadata(text, issuer_of_all, {}));
}

TEST_CASE("a document needs no jwks_uri when the keys come from elsewhere", "[oidc]")
{
    const std::string text = R"({"issuer":"https://op.example/",
        "authorization_endpoint":"https://op.example/authorize","token_endpoint":"https://op.example/token"})";
    const auto made = parse_metadata(text, issuer_of_all, {.keys = key_place::elsewhere});
    REQUIRE(made);
    CHECK_FALSE(made->jwks_uri);
    CHECK_FALSE(parse_metadata(text, issuer_of_all, {.keys = key_place::in_metadata}));
}

TEST_CASE("metadata without a document is the issuer and what is given", "[oidc]")
{
    const auto made = metadata_without_document(issuer_of_all, {.given = all_given()});
    REQUIRE(made);
    CHECK(made->issuer.view() == "https://op.example/");
    CHECK(made->authorization_endpoint.text() == "https://a.example/authorize");
    CHECK(made->token_endpoint->text() == "https://a.example/token");
    CHECK(made->userinfo_endpoint->text() == "https://a.example/userinfo");
    CHECK(made->jwks_uri->text() == "https://a.example/jwks");
    CHECK(made->end_session_endpoint->text() == "https://a.example/bye");
    CHECK(made->introspection_endpoint->text() == "https://a.example/introspect");
    CHECK(made->revocation_endpoint->text() == "https://a.example/revoke");
    CHECK(made->pushed_authorization_request_endpoint->text() == "https://a.example/par");
    CHECK(made->signed_jwks_uri->text() == "https://a.example/keys.jwt");
    CHECK(made->registration_endpoint->text() == "https://a.example/register");
    CHECK(doubts(*made, flow::pkce).empty()); // nothing is announced, so nothing is missing
}

TEST_CASE("what nobody says without discovery is named", "[oidc]")
{
    struct row
    {
        std::optional<url> given_endpoints::* left_out;
        flow needed;
        key_place keys;
        std::string missing; // empty: nothing
    };
    const auto each = GENERATE(
        row{&given_endpoints::authorization_endpoint,
            flow::pkce,
            key_place::in_metadata,
            "authorization_endpoint"},
        row{&given_endpoints::token_endpoint, flow::pkce, key_place::in_metadata, "token_endpoint"},
        row{&given_endpoints::token_endpoint, flow::implicit, key_place::in_metadata, ""},
        row{&given_endpoints::jwks_uri, flow::pkce, key_place::in_metadata, "jwks_uri"},
        row{&given_endpoints::jwks_uri, flow::pkce, key_place::elsewhere, ""},
        row{&given_endpoints::userinfo_endpoint, flow::pkce, key_place::in_metadata, ""},
        row{&given_endpoints::end_session_endpoint, flow::pkce, key_place::in_metadata, ""}
    );
    auto given = all_given();
    given.*each.left_out = std::nullopt;
    const auto made =
        metadata_without_document(issuer_of_all, {.needed = each.needed, .given = given, .keys = each.keys});
    CAPTURE(each.missing);
    REQUIRE(made.has_value() == each.missing.empty());
    if (!made)
    {
        CHECK(made.error().where == each.missing);
        CHECK(made.error().detail.find("is not set") != std::string::npos);
    }
}

TEST_CASE("an address over plain http needs the permission that a document's needs", "[oidc]")
{
    const auto [address, rule, is_good] = GENERATE(table<std::string, transport, bool>({
        {"https://a.example/token", transport::https_or_loopback, true},
        {"http://localhost:8080/token", transport::https_or_loopback, true},
        {"http://a.example/token", transport::https_or_loopback, false},
        {"http://a.example/token", transport::plain_http_allowed, true},
    }));
    given_endpoints given;
    given.revocation_endpoint = at(address);
    const auto got = check(given, rule);
    CHECK(got.has_value() == is_good);
    if (!got)
        CHECK(got.error().where == "revocation_endpoint");
}
