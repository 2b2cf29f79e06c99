// SPDX-License-Identifier: Apache-2.0
#include "app/composition/composition.hpp"
#include "settings/effective.hpp"
#include "support/catch.hpp"

#include <map>
#include <string>

namespace sekisho::app
{
namespace
{

using Catch::Matchers::Contains;

settings::oidc_settings provider_at(std::string issuer)
{
    settings::oidc_settings made;
    made.issuer = std::move(issuer);
    made.client_id = "gate";
    return made;
}

settings::effective_provider effective(settings::oidc_settings oidc)
{
    return {.name = "okta", .oidc = std::move(oidc), .identity = {}};
}

result<std::string> no_file(const std::string& name)
{
    return fail(errc::value_malformed, "test", name + " is not there");
}

settings::model two_providers()
{
    settings::model made;
    made.upstream.url = url::parse("http://127.0.0.1:3000").value();
    made.oidc = provider_at("https://one.example.com");
    made.providers.push_back({.name = "two", .oidc = provider_at("https://two.example.com")});
    return made;
}

// Composes again and again, as reloads do.
struct workshop
{
    net::worker control;
    metric::registry metrics;
    std::map<std::string, std::string> files;
    foundation on{
        .control = control,
        .metrics = metrics,
        .random_secret = make_random_secret(),
        .read_file = [this](const std::string& name) -> result<std::string>
        { return files.contains(name) ? result<std::string>(files.at(name)) : no_file(name); }
    };
};

} // namespace

TEST_CASE("a provider's wishes, people and way out are those of its settings", "[app]")
{
    auto oidc = provider_at("https://login.example.com");
    oidc.auth_method = settings::auth_method::code_id_token;
    oidc.acr_values = {"urn:mfa"};
    oidc.extra_parameters = {{"kc_idp_hint", "github"}};
    oidc.login_parameters = {"login_hint", "prompt=create"};
    oidc.sign_out = settings::sign_out_form::cognito;
    oidc.issuer_check = settings::issuer_check::tenant_template;
    oidc.tenants = {"11111111-2222-3333-4444-555555555555"};
    oidc.hosted_domains = {"example.com"};
    oidc.userinfo_token = settings::token_place::body;
    oidc.email_domains = {"example.com"};
    oidc.token_origin = settings::off_on_auto::on;
    oidc.token_timeout = std::chrono::milliseconds(1500);
    oidc.dpop_key = "dpop.jwk";
    auto from = effective(oidc);
    from.identity.groups_claim = {"cognito:groups"};
    const auto made = provider_of(from, no_file).value();
    CHECK(made.name == "okta");
    CHECK(made.flow == oidc::flow::code_id_token);
    CHECK(made.wishes.acr_values == std::vector<std::string>{"urn:mfa"});
    REQUIRE(made.wishes.extra.size() == 1);
    CHECK(made.wishes.extra[0].name == "kc_idp_hint");
    CHECK(
        made.wishes.login_parameters ==
        std::vector<oidc::login_parameter>{{"login_hint", std::nullopt}, {"prompt", "create"}}
    );
    CHECK(made.sign_out == provider::sign_out_form::cognito);
    CHECK(made.issuer.rule == oidc::issuer_rule::tenant_template);
    CHECK(made.tenants == oidc.tenants);
    CHECK(made.hosted_domains == oidc.hosted_domains);
    CHECK(made.userinfo_token == oidc::token_place::body);
    CHECK(made.offer.email_domains == oidc.email_domains);
    CHECK(made.proofs.sends_origin);
    CHECK(made.dpop_key == "dpop.jwk");
    CHECK(made.reach.timeouts.token == std::chrono::milliseconds(1500));
    const std::vector<std::string> groups{"cognito:groups"};
    CHECK(std::ranges::find(made.wanted_claims, groups) != made.wanted_claims.end());
}

TEST_CASE("what people choose a provider by is what its settings say", "[app]")
{
    auto oidc = provider_at("https://login.example.com");
    oidc.label = "Staff";
    oidc.label_ja = "職員";
    oidc.logo = "/logo.svg";
    oidc.order = 7;
    oidc.hosts = {"staff.example.com"};
    oidc.paths = {"/staff/*"};
    const auto one_file = [](const std::string& name) -> result<std::string>
    { return name == "/logo.svg" ? result<std::string>("<svg></svg>") : no_file(name); };
    const auto offer = provider_of(effective(oidc), one_file).value().offer;
    CHECK(offer.label == "Staff");
    CHECK(offer.label_ja == "職員");
    CHECK_THAT(offer.logo, Contains("data:image/svg+xml;base64,"));
    CHECK(offer.order == 7);
    CHECK(offer.hosts == oidc.hosts);
    CHECK(offer.paths == oidc.paths);
}

TEST_CASE("the provider of the short form is called by its host on the page, unless it has a label", "[app]")
{
    auto from = effective(provider_at("https://login.example.com/realms/staff"));
    CHECK(provider_of(from, no_file).value().offer.label.empty()); // its name does
    from.name = settings::default_provider_name;
    CHECK(provider_of(from, no_file).value().offer.label == "login.example.com");
}

TEST_CASE("how often a provider's document is fetched again is what its settings say", "[app]")
{
    auto oidc = provider_at("https://login.example.com");
    oidc.metadata_refresh = std::chrono::minutes(7);
    CHECK(provider_of(effective(oidc), no_file).value().refresh.refresh == std::chrono::minutes(7));
}

TEST_CASE("what cannot be used about a provider is told by the setting's whole name", "[app]")
{
    workshop here;
    auto values = two_providers();
    values.oidc.logo = "/a.svg";
    values.providers[0].oidc.jwks_file = "/keys.json";
    const auto made = compose(values, here.on);
    REQUIRE_FALSE(made.has_value());
    REQUIRE(made.error().size() == 2);
    CHECK(made.error()[0].setting == "oidc.logo");
    CHECK_THAT(made.error()[0].message, Contains("/a.svg"));
    CHECK(made.error()[1].setting == "providers.two.jwks_file");
}

TEST_CASE("a reload keeps the providers that it does not change, and only those", "[app]")
{
    workshop here;
    auto values = two_providers();
    const auto first = compose(values, here.on).value();
    REQUIRE(first.providers->living.size() == 2);
    CHECK(&first.providers->providers.default_provider() == first.providers->living[0]->one.get());

    const auto same = compose(values, here.on, &first).value();
    CHECK(same.providers->living == first.providers->living);

    values.providers[0].oidc.client_secret = secret("another");
    const auto changed = compose(values, here.on, &first).value();
    CHECK(changed.providers->living[0] == first.providers->living[0]);
    CHECK_FALSE(changed.providers->living[1] == first.providers->living[1]);
    CHECK_FALSE(changed.providers->holds(*first.providers->living[1]));

    values.identity.groups_claim = {"teams"};
    const auto all = compose(values, here.on, &changed).value();
    CHECK_FALSE(changed.providers->holds(*all.providers->living[0]));
    CHECK_FALSE(changed.providers->holds(*all.providers->living[1]));

    values.providers.clear();
    const auto fewer = compose(values, here.on, &all).value();
    CHECK(fewer.providers->living == std::vector{all.providers->living[0]});
}

TEST_CASE("people of each provider are mapped by its own rules", "[app]")
{
    workshop here;
    auto values = two_providers();
    values.providers[0].oidc.user_claim = {"oid", "sub"};
    const auto made = compose(values, here.on).value();
    const auto claims =
        oidc::claims::parse(R"({"iss": "https://two.example.com", "sub": "s", "oid": "o"})", "test").value();
    CHECK(made.gateway->making.mappings.at("default").map({claims}).value().who.user == "s");
    CHECK(made.gateway->making.mappings.at("two").map({claims}).value().who.user == "o");
}

} // namespace sekisho::app
