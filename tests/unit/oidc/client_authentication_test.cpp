// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"
#include "http/form.hpp"
#include "oidc/client_authentication.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"

using namespace sekisho;
using namespace sekisho::oidc;
using enum client_authentication;

namespace
{

form_request empty_request()
{
    return {.endpoint = url::parse("https://idp.example/token").value(), .fields = {}, .form = {}};
}

client_credentials credentials(client_authentication method, std::string id = "id", std::string text = "pass")
{
    return {.id = client_id(std::move(id)), .client_secret = secret(std::move(text)), .method = method};
}

} // namespace

TEST_CASE("RFC 6749, 2.3.1: both halves are form-encoded before Basic", "[oidc]")
{
    const auto [id, text, pair] = GENERATE(table<std::string, std::string, std::string>({
        {"id", "pass", "id:pass"},
        {"my:id", "p:s", "my%3Aid:p%3As"},
        {"id", "a b+c/d%e", "id:a+b%2Bc%2Fd%25e"},
        {"https://app.example", "~-._", "https%3A%2F%2Fapp.example:~-._"},
        {"id", "é", "id:%C3%A9"},
    }));
    CAPTURE(id, text);
    const auto made = authenticated(empty_request(), credentials(client_secret_basic, id, text));
    REQUIRE(made.fields.size() == 1);
    CHECK(made.fields.front().first == "Authorization");
    CHECK(made.fields.front().second == "Basic " + base64_encode(as_bytes(pair)));
    CHECK(made.form.empty()); // no second method in the same request
}

TEST_CASE("client_secret_post has both in the form and nothing in the fields", "[oidc]")
{
    const auto made = authenticated(empty_request(), credentials(client_secret_post, "my id", "p&s=t"));
    CHECK(made.fields.empty());
    const auto form = http::form::parse(body(made)).value();
    CHECK(form.first("client_id") == "my id");
    CHECK(form.first("client_secret") == "p&s=t");
}

TEST_CASE("a public client sends its id alone", "[oidc]")
{
    const auto made = authenticated(empty_request(), credentials(none));
    CHECK(made.fields.empty());
    CHECK(body(made) == "client_id=id");
}

TEST_CASE("an assertion goes with its type and the client's id, and without a secret", "[oidc]")
{
    const auto method = GENERATE(client_secret_jwt, private_key_jwt);
    auto client = credentials(method, "my id", "never sent");
    client.assertion = secret("a.b.c");
    const auto made = authenticated(empty_request(), client);
    CHECK(made.fields.empty());
    CHECK(
        body(made) == "client_id=my+id&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-"
                      "type%3Ajwt-bearer"
                      "&client_assertion=a.b.c"
    );
}

TEST_CASE("RFC 8705, 2: beside a certificate only the client's id is sent", "[oidc]")
{
    const auto method = GENERATE(tls_client_auth, self_signed_tls_client_auth);
    const auto made = authenticated(empty_request(), credentials(method, "id", "never sent"));
    CHECK(made.fields.empty());
    CHECK(body(made) == "client_id=id");
}

TEST_CASE("the method comes from the setting, else from what there is and what the metadata lists", "[oidc]")
{
    using setting = std::optional<client_authentication>;
    using names = std::vector<std::string>;
    const client_means nothing;
    const client_means text{.secret = true};
    const client_means key{.signing_key = true};
    const client_means file{.assertion_file = true};
    const client_means ticket{.certificate = true};
    const client_means both{.secret = true, .signing_key = true};
    const auto [rule, set, means, supported, expected] =
        GENERATE_COPY(table<std::string, setting, client_means, names, std::string>({
            {"no means", std::nullopt, nothing, {"client_secret_basic"}, "none"},
            {"Discovery 3: basic is the default", std::nullopt, text, {}, "client_secret_basic"},
            {"both", std::nullopt, text, {"client_secret_post", "client_secret_basic"}, "client_secret_basic"
            },
            {"only post", std::nullopt, text, {"private_key_jwt", "client_secret_post"}, "client_secret_post"
            },
            {"a secret signs when nothing else will do",
             std::nullopt,
             text,
             {"client_secret_jwt"},
             "client_secret_jwt"},
            {"set wins", client_secret_post, text, {"client_secret_basic"}, "client_secret_post"},
            {"set wins", client_secret_basic, text, {"private_key_jwt"}, "client_secret_basic"},
            {"set wins", none, text, {"client_secret_basic"}, "none"},
            {"a key", std::nullopt, key, {}, "private_key_jwt"},
            {"a key", std::nullopt, key, {"client_secret_basic", "private_key_jwt"}, "private_key_jwt"},
            {"a key before a secret", std::nullopt, both, {}, "private_key_jwt"},
            {"a key where it is taken", std::nullopt, both, {"client_secret_post"}, "client_secret_post"},
            {"an assertion from a file", std::nullopt, file, {"private_key_jwt"}, "private_key_jwt"},
            {"a certificate", std::nullopt, ticket, {}, "tls_client_auth"},
            {"a certificate",
             std::nullopt,
             ticket,
             {"self_signed_tls_client_auth"},
             "self_signed_tls_client_auth"},
            {"a certificate for the way there only",
             std::nullopt,
             ticket,
             {"client_secret_basic", "none"},
             "none"},
            {"a secret before a certificate",
             std::nullopt,
             {.secret = true, .certificate = true},
             {"tls_client_auth", "client_secret_basic"},
             "client_secret_basic"},
        }));
    CAPTURE(rule);
    const auto chosen = choose_client_authentication(set, means, supported);
    REQUIRE(test::outcome(chosen) == "ok");
    CHECK(name(*chosen) == expected);
}

TEST_CASE("a provider that takes nothing of what there is is refused with both", "[oidc]")
{
    const std::vector<std::string> supported{"client_secret_basic", "tls_client_auth"};
    const auto chosen =
        choose_client_authentication(std::nullopt, {.signing_key = true, .assertion_file = true}, supported);
    CHECK(
        test::outcome(chosen) ==
        "oidc_code_exchange_failure at metadata.token_endpoint_auth_methods_supported"
    );
    CHECK_THAT(test::detail(chosen), Catch::Matchers::Contains("oidc.signing_key, oidc.assertion_file"));
    CHECK_THAT(
        test::detail(chosen), Catch::Matchers::Contains("\"client_secret_basic\" \"tls_client_auth\"")
    );
    CHECK_THAT(test::detail(chosen), Catch::Matchers::Contains("oidc.client_authentication"));
}

TEST_CASE("a method that is set without its means is refused with the setting that is missing", "[oidc]")
{
    const auto [set, missing] = GENERATE(table<client_authentication, std::string>({
        {client_secret_basic, "oidc.client_secret"},
        {client_secret_post, "oidc.client_secret"},
        {client_secret_jwt, "oidc.client_secret"},
        {private_key_jwt, "oidc.signing_key or oidc.assertion_file"},
        {tls_client_auth, "oidc.client_certificate"},
        {self_signed_tls_client_auth, "oidc.client_certificate"},
    }));
    const auto chosen = choose_client_authentication(set, {}, {});
    CHECK(test::outcome(chosen) == "oidc_code_exchange_failure at oidc.client_authentication");
    CHECK_THAT(test::detail(chosen), Catch::Matchers::Contains(missing));
}
