// SPDX-License-Identifier: Apache-2.0
#include "settings/spelling.hpp"
#include "settings/table.hpp"
#include "support/catch.hpp"

#include <string>

namespace sekisho::settings
{
namespace
{

std::optional<std::string> assign(model& into, std::string_view path, std::string text)
{
    const auto& row = table()[row_of(path)];
    return row.assign(into, {.form = raw_value::shape::text, .items = {std::move(text)}}, row);
}

} // namespace

TEST_CASE("a parameter is a name, = and whatever its value is", "[settings]")
{
    const auto [text, name, value] =
        GENERATE(Catch::Generators::table<std::string, std::string, std::string>({
            {"audience=https://api.example.com", "audience", "https://api.example.com"},
            {"a = b c", "a", "b c"},
            {"a=b=c", "a", "b=c"},
            {"kc_idp_hint=", "kc_idp_hint", ""},
            {R"(claims={"id_token":{"acr":null}})", "claims", R"({"id_token":{"acr":null}})"},
        }));
    CAPTURE(text);
    CHECK(spelling<named_value>::read(text).value() == named_value{name, value});
}

TEST_CASE("a parameter without = or with a name that is none is refused", "[settings]")
{
    const auto text = GENERATE(as<std::string>(), "", "a", "=b", "a b=c", "a=b\nc", "a=\xff");
    CAPTURE(text);
    CHECK_FALSE(spelling<named_value>::read(text).has_value());
}

TEST_CASE("a step-up rule is a path with the classes and the age it demands", "[settings]")
{
    const auto [text, rule] = GENERATE(Catch::Generators::table<std::string, step_up_rule>({
        {"/admin/* acr=urn:mfa", {"/admin/*", {"urn:mfa"}, {}}},
        {"/admin/* acr=urn:mfa,urn:x max_age=5m", {"/admin/*", {"urn:mfa", "urn:x"}, 5min}},
        {"/pay max_age=0s", {"/pay", {}, 0s}},
        {"  /pay   max_age=1h\tacr=2 ", {"/pay", {"2"}, 1h}},
        {"/r/* scope=read,write", {"/r/*", {}, {}, {}, {"read", "write"}}},
        {"/r scope=read,read,https://a.example/x%2Cy%3Bz%25",
         {"/r", {}, {}, {}, {"read", "https://a.example/x,y;z%"}}},
        {"/r parameter=audience:https://a.example parameter=hint:a%20b%3B%E6%97%A5 parameter=none:",
         {"/r", {}, {}, {}, {}, {{"audience", "https://a.example"}, {"hint", "a b;日"}, {"none", ""}}}},
        {"/r parameter=x:1 lifetime=1h scope=s acr=a", {"/r", {"a"}, {}, 1h, {"s"}, {{"x", "1"}}}},
    }));
    CAPTURE(text);
    const auto read = spelling<step_up_rule>::read(text);
    REQUIRE(read.has_value());
    CHECK(*read == rule);
    CHECK(spelling<step_up_rule>::read(spelling<step_up_rule>::print(*read)).value() == rule);
}

TEST_CASE("a step-up rule that demands nothing, or something unknown, is refused", "[settings]")
{
    const auto text = GENERATE(
        as<std::string>(),
        "",
        "/admin/*",
        "acr=urn:mfa",
        "/admin/* acr=",
        "/admin/* amr=mfa",
        "/admin/* max_age=soon",
        "/admin/* max_age=1500ms",
        "/admin/* max_age=5m max_age=6m",
        "/admin/* acr=a acr=b",
        "/admin/* scope",
        "/admin/* scope=",
        "/admin/* scope=,",
        "/admin/* scope=a scope=b",
        "/admin/* scope=a%20b", // RFC 6749, 3.3
        "/admin/* scope=a\"b",
        "/admin/* scope=a%C3%A9",
        "/admin/* scope=a%2",
        "/admin/* parameter=audience",
        "/admin/* parameter=:x",
        "/admin/* parameter=a%20b:x",
        "/admin/* parameter=a:%FF",
        "/admin/* parameter=a:%0A",
        "/admin/* parameter=a:%zz",
        "/admin/* parameter=a:1 parameter=a:2"
    );
    CAPTURE(text);
    CHECK_FALSE(spelling<step_up_rule>::read(text).has_value());
}

TEST_CASE("several rules or parameters in one text stand apart by ; because they hold commas", "[settings]")
{
    model values;
    CHECK_FALSE(assign(values, "access.step_up", "/a acr=x,y max_age=5m; /b max_age=1h").has_value());
    REQUIRE(values.access.step_up.size() == 2);
    CHECK(values.access.step_up[0].acr == texts{"x", "y"});
    CHECK_FALSE(assign(values, "oidc.extra_parameters", "a=1,2; b=3").has_value());
    CHECK(values.oidc.extra_parameters == std::vector<named_value>{{"a", "1,2"}, {"b", "3"}});
}

TEST_CASE("the flows are written as response types, and hybrid is the common one", "[settings]")
{
    const auto [text, method] = GENERATE(Catch::Generators::table<std::string, auth_method>({
        {"pkce", auth_method::pkce},
        {"code", auth_method::code},
        {"implicit", auth_method::implicit},
        {"code id_token", auth_method::code_id_token},
        {"hybrid", auth_method::code_id_token},
        {"code token", auth_method::code_token},
        {"code id_token token", auth_method::code_id_token_token},
        {"id_token token", auth_method::id_token_token},
    }));
    CHECK(spelling<auth_method>::read(text).value() == method);
    CHECK(spelling<auth_method>::print(auth_method::code_id_token) == "code id_token");
}

TEST_CASE("a value that need not be there is none when it is empty, and never nothing at all", "[settings]")
{
    model values;
    CHECK_FALSE(assign(values, "oidc.email_verified", "require").has_value());
    CHECK(values.oidc.email_verified == email_verified::require);
    CHECK_FALSE(assign(values, "oidc.email_verified", "").has_value());
    CHECK(values.oidc.email_verified == std::nullopt);
    CHECK_FALSE(assign(values, "oidc.token_timeout", "250ms").has_value());
    CHECK(values.oidc.token_timeout == 250ms);
    CHECK(assign(values, "oidc.token_timeout", "0s") == "it must be more than 0");
    CHECK_FALSE(assign(values, "oidc.token_endpoint", "https://login.example.com/token").has_value());
    CHECK(assign(values, "oidc.token_endpoint", "/token").has_value());
}

} // namespace sekisho::settings
