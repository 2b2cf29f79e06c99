// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/way_out.hpp"
#include "http/form.hpp"
#include "support/catch.hpp"
#include "support/fake_provider.hpp"
#include "support/fixed_random.hpp"
#include "support/outcome.hpp"
#include "support/run.hpp"
#include "support/session_values.hpp"

#include <boost/asio/io_context.hpp>

using namespace sekisho;
using namespace sekisho::gateway;
using test::noon;

namespace
{

// A provider whose metadata is known, and somebody who came from it.
struct desk
{
    net::asio::io_context io{1};
    test::fake_provider peer{noon.time_since_epoch().count()};
    test::fixed_random random;
    metric::registry metrics;
    provider::registry providers;
    context about;

    explicit desk(
        provider::sign_out_form form, provider::sign_out_hint hint = provider::sign_out_hint::always
    )
    {
        provider::configuration settings;
        settings.name = "main";
        settings.issuer =
            oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
        settings.client = oidc::client_id("gate");
        settings.client_secret = secret("s3cret");
        settings.sign_out = form;
        settings.hint_at_sign_out = hint;
        const provider::services services{
            peer,
            random,
            metrics,
            io.get_executor(),
            [] { return noon; },
            [] { return provider::steady_time(noon.time_since_epoch()); }
        };
        REQUIRE(providers.add(std::make_unique<provider::provider>(std::move(settings), services)));
        about.now = noon;
        about.session =
            std::make_shared<const session::opened_session>(test::sample_session(), std::string());
    }
    void learn() { REQUIRE(test::run(io, providers.default_provider().metadata())); }
    std::string address(std::string hint = "")
    {
        const auto way = way_out_of(about, providers);
        if (!way)
            return "(none)";
        sign_out_words words{
            .hint = secret(std::move(hint)), .landing = "https://app.example.com/logout", .state = "s-1"
        };
        return address_of(*way, std::move(words), noon);
    }
};

std::string parameter(const std::string& address, std::string_view name)
{
    const auto mark = address.find('?');
    const auto form = http::form::parse(mark == std::string::npos ? "" : address.substr(mark + 1));
    return form ? std::string(form->first(name).value_or("(none)")) : "(malformed)";
}

std::string id_token(desk& here, std::chrono::seconds left)
{
    here.peer.claims["exp"] = (noon + left).time_since_epoch().count();
    return here.peer.id_token();
}

} // namespace

TEST_CASE("each form of sign-out has its own address and words", "[gateway]")
{
    using provider::sign_out_form;
    const auto [form, address, landing] = GENERATE(table<sign_out_form, std::string, std::string>({
        {sign_out_form::automatic, "https://idp.example/end?", "post_logout_redirect_uri"},
        {sign_out_form::standard, "https://idp.example/end?", "post_logout_redirect_uri"},
        {sign_out_form::cognito, "https://idp.example/end?", "logout_uri"},
        {sign_out_form::auth0, "https://idp.example/v2/logout?", "returnTo"},
    }));
    CAPTURE(static_cast<int>(form));
    desk here(form);
    here.learn();
    const auto to = here.address(id_token(here, std::chrono::minutes(5)));
    CHECK(to.starts_with(address));
    CHECK(parameter(to, landing) == "https://app.example.com/logout");
    CHECK(parameter(to, "client_id") == "gate");
    const auto is_standard = form == sign_out_form::automatic || form == sign_out_form::standard;
    CHECK((parameter(to, "state") == "s-1") == is_standard);
    CHECK((parameter(to, "id_token_hint") != "(none)") == is_standard);
}

TEST_CASE("without an address in its metadata a provider has the one of its preset, or none", "[gateway]")
{
    using provider::sign_out_form;
    const auto [form, address] = GENERATE(table<sign_out_form, std::string>({
        {sign_out_form::automatic, "(none)"},
        {sign_out_form::standard, "(none)"},
        {sign_out_form::cognito, "https://idp.example/logout?"},
        {sign_out_form::auth0, "https://idp.example/v2/logout?"},
        {sign_out_form::none, "(none)"},
    }));
    CAPTURE(static_cast<int>(form));
    desk here(form);
    here.peer.metadata.erase("end_session_endpoint");
    here.learn();
    CHECK(here.address().starts_with(address));
}

TEST_CASE(
    "PingFederate's older address is used in its own words, unless a setting wants the standard", "[gateway]"
)
{
    using provider::sign_out_form;
    const auto [form, address] = GENERATE(table<sign_out_form, std::string>({
        {sign_out_form::automatic,
         "https://idp.example/slo?TargetResource=https%3A%2F%2Fapp.example.com%2Flogout"},
        {sign_out_form::standard, "(none)"},
        {sign_out_form::none, "(none)"},
    }));
    CAPTURE(static_cast<int>(form));
    desk here(form);
    here.peer.metadata.erase("end_session_endpoint");
    here.peer.metadata["ping_end_session_endpoint"] = "https://idp.example/slo";
    here.learn();
    CHECK(here.address(id_token(here, std::chrono::minutes(5))) == address);
}

TEST_CASE("there is no way out where the provider is told not to be used, unknown, or gone", "[gateway]")
{
    desk off(provider::sign_out_form::none);
    off.learn();
    CHECK(off.address() == "(none)");

    desk unknown(provider::sign_out_form::standard);
    CHECK(unknown.address() == "(none)"); // nobody waits for its metadata while signing out
    CHECK(unknown.peer.requests().empty());

    desk here(provider::sign_out_form::standard);
    here.learn();
    auto gone = test::sample_session();
    gone.provider = "before";
    here.about.session = std::make_shared<const session::opened_session>(gone, std::string());
    CHECK(provider_of(here.about, here.providers) == nullptr);
    CHECK(here.address() == "(none)");
    here.about.session = nullptr;
    CHECK(here.address() == "(none)");
}

TEST_CASE("an ID token is a hint as long as its provider takes it, and an address its length", "[gateway]")
{
    using provider::sign_out_hint;
    const auto [rule, left, is_sent] = GENERATE(table<sign_out_hint, std::chrono::seconds, bool>({
        {sign_out_hint::always, std::chrono::seconds(-1), true},
        {sign_out_hint::while_valid, std::chrono::seconds(1), true},
        {sign_out_hint::while_valid, std::chrono::seconds(0), false},
        {sign_out_hint::while_valid, std::chrono::seconds(-1), false},
    }));
    CAPTURE(left.count());
    desk here(provider::sign_out_form::standard, rule);
    here.learn();
    const auto hint = id_token(here, left);
    CHECK(parameter(here.address(hint), "id_token_hint") == (is_sent ? hint : "(none)"));
    CHECK(parameter(here.address(std::string(2049, 'x')), "id_token_hint") == "(none)");
    CHECK(parameter(here.address(), "id_token_hint") == "(none)");
}
