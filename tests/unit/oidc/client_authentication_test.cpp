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

TEST_CASE("the method comes from the setting, else from the metadata", "[oidc]")
{
    using setting = std::optional<client_authentication>;
    using names = std::vector<std::string>;
    const auto [rule, set, text, supported, expected] =
        GENERATE(table<std::string, setting, std::string, names, std::string>({
            {"no secret", std::nullopt, "", {"client_secret_basic"}, "none"},
            {"no secret", client_secret_post, "", {}, "none"},
            {"Discovery 3: basic is the default", std::nullopt, "s", {}, "client_secret_basic"},
            {"both", std::nullopt, "s", {"client_secret_post", "client_secret_basic"}, "client_secret_basic"},
            {"only post", std::nullopt, "s", {"private_key_jwt", "client_secret_post"}, "client_secret_post"},
            {"set wins", client_secret_post, "s", {"client_secret_basic"}, "client_secret_post"},
            {"set wins", client_secret_basic, "s", {"private_key_jwt"}, "client_secret_basic"},
            {"set wins", none, "s", {"client_secret_basic"}, "none"},
        }));
    CAPTURE(rule);
    const auto chosen = choose_client_authentication(set, secret(text), supported);
    REQUIRE(test::outcome(chosen) == "ok");
    CHECK(name(*chosen) == expected);
}

TEST_CASE("a provider that takes no secret in a way we know is refused with what it takes", "[oidc]")
{
    const std::vector<std::string> supported{"private_key_jwt", "tls_client_auth"};
    const auto chosen = choose_client_authentication(std::nullopt, secret("s"), supported);
    CHECK(
        test::outcome(chosen) ==
        "oidc_code_exchange_failure at metadata.token_endpoint_auth_methods_supported"
    );
    CHECK_THAT(test::detail(chosen), Catch::Matchers::Contains("private_key_jwt"));
    CHECK_THAT(test::detail(chosen), Catch::Matchers::Contains("oidc.client_authentication"));
}
