// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws.hpp"
#include "directory/google_completion.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using namespace sekisho::directory;
using texts = std::vector<std::string>;

namespace
{

// Made once: an RSA key takes a while.
const crypto::signing_key& account_key()
{
    static const auto key = crypto::signing_key::generate(crypto::algorithm::rs256).value();
    return key;
}

json key_file()
{
    return {
        {"type", "service_account"},
        {"client_email", "gate@project.example"},
        {"private_key_id", "k-1"},
        {"private_key", account_key().private_pem().reveal()},
        {"token_uri", "https://oauth.example/token"},
    };
}

result<service_account> read(const json& file)
{
    return parse_service_account(secret(to_text(file)), oidc::transport::https_or_loopback);
}

const std::string list = "https://admin.googleapis.com/admin/directory/v1/groups?maxResults=200&userKey=1068";
const std::string granted = R"({"access_token":"admin-1","token_type":"Bearer","expires_in":3599})";
const std::string alice = R"({"iss":"https://accounts.google.com","sub":"1068"})";

struct fixture : test::directory_fixture
{
    google_completion google{
        "google",
        services(),
        {.base = url::parse("https://admin.googleapis.com").value(),
         .account = read(key_file()).value(),
         .actor = "admin@acme.example",
         .limits = limits()}
    };
    std::string failure()
    {
        const auto got = complete(google, alice);
        REQUIRE_FALSE(got);
        CHECK(got.error().code == errc::oidc_directory_failure);
        return got.error().detail;
    }
};

} // namespace

TEST_CASE("groups of Workspace are asked for by the service account, all pages", "[directory]")
{
    fixture the;
    the.answer(200, granted);
    the.answer(
        200,
        R"({"kind":"admin#directory#groups","groups":[{"email":"ops@acme.example"}],"nextPageToken":"p/2="})"
    );
    the.answer(200, R"({"kind":"admin#directory#groups","groups":[{"email":"all@acme.example"}]})");
    const auto got = the.complete(the.google, alice, "the sign-in's own");
    REQUIRE(got);
    CHECK(got->texts("groups") == texts{"ops@acme.example", "all@acme.example"});
    CHECK(the.asked() == texts{"https://oauth.example/token", list, list + "&pageToken=p%2F2%3D"});
    CHECK(the.field(1, "Authorization") == "Bearer admin-1");
}

TEST_CASE(
    "RFC 7523, 2.1 and 3: the assertion names the account, the administrator and the token address",
    "[directory]"
)
{
    fixture the;
    the.answer(200, granted);
    the.answer(200, R"({"kind":"admin#directory#groups"})");
    REQUIRE(the.complete(the.google, alice));
    const auto form = http::form::parse(the.http.requests().front().body).value();
    CHECK(form.first("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer");
    const auto jws = crypto::take_apart(*form.first("assertion"));
    REQUIRE(jws);
    CHECK(jws->alg == crypto::algorithm::rs256);
    CHECK(jws->kid == "k-1");
    CHECK(crypto::verify(*jws, crypto::verification_key::from_jwk(account_key().public_jwk()).value()));
    const auto claims = oidc::claims::parse(as_text(jws->payload), "test").value();
    CHECK(
        claims.to_text() ==
        R"({"aud":"https://oauth.example/token","exp":1790003600,"iat":1790000000,"iss":"gate@project.example",)"
        R"("scope":"https://www.googleapis.com/auth/admin.directory.group.readonly","sub":"admin@acme.example"})"
    );
}

TEST_CASE("the token is used until its last minute, the groups for some minutes", "[directory]")
{
    fixture the;
    const std::string none = R"({"kind":"admin#directory#groups"})";
    the.answer(200, granted);
    the.answer(200, none);
    REQUIRE(the.complete(the.google, alice));
    CHECK(the.complete(the.google, alice)->texts("groups").empty());
    CHECK(the.http.calls() == 2);
    the.steady += std::chrono::minutes(6);
    the.answer(200, none);
    REQUIRE(the.complete(the.google, alice));
    CHECK(the.http.calls() == 3); // the token is still good
    the.steady += std::chrono::seconds(3599 - 60) - std::chrono::minutes(6);
    the.answer(200, granted);
    the.answer(200, none);
    REQUIRE(the.complete(the.google, alice));
    CHECK(the.asked()[3] == "https://oauth.example/token");
}

TEST_CASE("a token that Google takes no more is not kept", "[directory]")
{
    fixture the;
    the.answer(200, granted);
    the.answer(401, R"({"error":{"code":401,"message":"Invalid Credentials","status":"UNAUTHENTICATED"}})");
    CHECK(test::has(the.failure(), "UNAUTHENTICATED"));
    the.answer(200, granted);
    the.answer(200, R"({"kind":"admin#directory#groups"})");
    CHECK(the.complete(the.google, alice));
}

TEST_CASE("a refusal of either address says what to set up", "[directory]")
{
    const auto [at_token, status, body, advice] = GENERATE(table<bool, int, std::string, std::string>({
        {true,
         401,
         R"({"error":"unauthorized_client","error_description":"Client is unauthorized"})",
         "Domain-wide delegation"},
        {true,
         400,
         R"({"error":"invalid_grant","error_description":"Invalid JWT Signature."})",
         "oidc.service_account_actor"},
        {true, 503, "", "status 503"},
        {true, 200, "{}", "access_token"},
        {true, 200, R"({"access_token":""})", "access_token"},
        {true, 200, R"({"access_token":"a","expires_in":"soon"})", "expires_in"},
        {true, 200, "<html>", "JSON"},
        {false,
         403,
         R"({"error":{"code":403,"message":"Not Authorized to access this resource/api"}})",
         "Admin SDK"},
        {false,
         404,
         R"({"error":{"code":404,"message":"Resource Not Found: userKey"}})",
         "oidc.hosted_domains"},
        {false, 200, "{}", "admin#directory#groups"},
        {false, 200, R"({"kind":"admin#directory#groups","groups":[{"id":"1"}]})", "email"},
        {false, 200, R"({"kind":"admin#directory#groups","groups":7})", "no array"},
        {false, 200, R"({"kind":"admin#directory#groups","nextPageToken":7})", "nextPageToken"},
        {false, 200, "[]", "no JSON object"},
    }));
    CAPTURE(status, body);
    fixture the;
    if (!at_token)
        the.answer(200, granted);
    the.answer(status, body);
    const auto detail = the.failure();
    CHECK(test::has(detail, advice));
    CHECK_FALSE(test::has(detail, "admin-1"));
    CHECK(the.http.calls() == (at_token ? 1 : 2)); // a signed assertion goes out once
}

TEST_CASE("a key file that cannot be used says what is wrong with it", "[directory]")
{
    const auto [member, value, fault] = GENERATE(table<std::string, json, std::string>({
        {"type", "authorized_user", "not service_account"},
        {"type", nullptr, "type"},
        {"client_email", 7, "client_email"},
        {"private_key_id", nullptr, "private_key_id"},
        {"private_key", "-----BEGIN PRIVATE KEY-----", "private_key"},
        {"private_key", "", "private_key"},
        {"token_uri", "http://oauth.example/token", "token_uri"},
        {"token_uri", 7, "token_uri"},
    }));
    auto file = key_file();
    file[member] = value;
    const auto got = read(file);
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::value_malformed);
    CHECK(got.error().where == "oidc.service_account");
    CHECK(test::has(got.error().detail, fault));
    CHECK_FALSE(parse_service_account(secret("{"), oidc::transport::https_or_loopback));
    file = key_file();
    file["private_key"] = crypto::signing_key::generate(crypto::algorithm::es256)->private_pem().reveal();
    CHECK(test::has(read(file).error().detail, "RSA"));
}
