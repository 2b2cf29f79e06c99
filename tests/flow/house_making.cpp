// SPDX-License-Identifier: Apache-2.0
// How the house is put together, as composition does it.
#include "flow/house.hpp"
#include "settings/model.hpp"
#include "support/catch.hpp"
#include "support/test_keeper.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <utility>

namespace sekisho::test
{

house::house(house_plan wanted) : plan(std::move(wanted))
{
    ours.public_url = url::parse("https://" + requested_host).value();
    making_.site = plan.site;
    making_.id_token = plan.id_token;
    making_.access_token = plan.tokens;
    making_.refresh_token = plan.tokens;
    making_.session_state = gateway::keep::yes;
    making_.scopes = plan.policy.scopes();
    ours.keeps_fragments = plan.keeps_fragments;
    making_.limits.usual.idle = std::chrono::hours(1);
    making_.limits.keep_signed_in = plan.keep_signed_in;

    provider::configuration settings;
    settings.name = "main";
    settings.issuer = oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
    settings.flow = plan.flow;
    settings.client = oidc::client_id("gate");
    settings.client_secret = secret("s3cret");
    settings.userinfo = plan.userinfo;
    settings.wishes.mode = plan.mode;
    settings.wishes.max_age = plan.max_age;
    for (const auto& each : settings::oidc_settings().login_parameters) // as composition does
        settings.wishes.login_parameters.push_back(oidc::parse_login_parameter(each).value());
    if (plan.configure)
        plan.configure(settings);
    add_provider(std::move(settings), peer);
    for (const auto& each : plan.further)
    {
        further.push_back(std::make_unique<fake_provider>(opening, each.issuer.identifier.str()));
        add_provider(each, *further.back());
    }
    offers_ = gateway::provider_offers::make(providers_).value();

    const session::cookie_config cookies{.site = plan.site};
    const std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
    keeper_plan keeping{.cookies = cookies, .rules = {.limits = making_.limits}};
    keeping.shelf = way_to_shelf;
    keeping.on_ending = [this](const session::ending& what) { opened.forget(what); };
    sessions_ = make_keeper(std::move(keeping), random);
    sign_ins_ =
        std::make_unique<session::sign_in_cookies>(cookies, crypto::key_ring(secrets, "sign_in"), random);
    endings_plan_ = std::make_unique<gateway::ending_plan>(gateway::ending_plan{
        gateway::sign_out_cookie(cookies, ours.logout_path),
        gateway::hint_cookie(
            cookies, ours.logout_path, crypto::key_ring(secrets, gateway::hint_cookie::purpose), random
        ),
        plan.sign_out,
        plan.checks
    });
    authentication_ = std::make_unique<gateway::authentication>(
        gateway::authentication_parts{sessions_, headers_, opened, {}}
    );
    refusal_ = std::make_unique<gateway::refusal>(
        ours, metrics, gateway::insight{&plan.administrators, &test_tickets, &ticket_in_browser_}
    );
    choices_ = std::make_unique<gateway::choice_cookie>(cookies);
    loops_ = std::make_unique<gateway::loop_cookie>(cookies);
    forms_ = std::make_unique<gateway::kept_forms>(
        cookies,
        shelf,
        crypto::key_ring(secrets, "kept_form"),
        std::make_shared<gateway::form_room>(),
        random,
        gateway::form_keeping{.largest = plan.largest_form}
    );
    resume_ =
        std::make_unique<gateway::resume>(gateway::resume_parts{ours, *forms_, *sessions_, *loops_, *refusal_}
        );
    departure_ = std::make_unique<gateway::departure>(
        gateway::departure_parts{ours, providers_, *sign_ins_, *choices_, random, *refusal_, plan.policy}
    );
    sign_in_ = std::make_unique<gateway::sign_in>(gateway::sign_in_parts{
        ours, providers_, offers_, *choices_, *departure_, *refusal_, sessions_.get(), loops_.get()
    });
    initiate_ = std::make_unique<gateway::initiate>(
        gateway::initiate_parts{ours, providers_, offers_, *departure_, *refusal_}
    );
    callback_ = std::make_unique<gateway::callback>(gateway::callback_parts{
        ours,
        making_,
        providers_,
        offers_,
        *sign_ins_,
        *sessions_,
        opened,
        used,
        random,
        *refusal_,
        metrics,
        plan.policy,
        plan.administrators,
        headers_,
        endings_plan_->hints,
        loops_.get()
    });
    endings_ = std::make_unique<gateway::ending_endpoints>(gateway::ending_parts{
        ours,
        providers_,
        *sessions_,
        opened,
        *endings_plan_,
        *loops_,
        *choices_,
        random,
        *refusal_,
        [this](std::string_view, net::task<void> work)
        { net::asio::co_spawn(io, std::move(work), net::asio::detached); },
        departure_.get()
    });
    test_sign_in_ = std::make_unique<gateway::test_sign_in>(gateway::test_sign_in_parts{
        ours, providers_, *departure_, plan.administrators, test_tickets, ticket_in_browser_, *refusal_
    });
    session_info_ = std::make_unique<gateway::session_info>(making_.limits, *refusal_);
    jwks_ = std::make_unique<gateway::jwks>(providers_, *refusal_);
}

void house::add_provider(provider::configuration settings, net::http_client& at)
{
    making_.mappings.emplace(settings.name, identity::mapping::of(plan.mapping).value());
    const provider::services services{
        at,
        random,
        metrics,
        io.get_executor(),
        [this] { return now; },
        [this] { return provider::steady_time(now.time_since_epoch()); }
    };
    auto completion = plan.completes ? plan.completes(services) : nullptr;
    REQUIRE(providers_.add(
        std::make_unique<provider::provider>(std::move(settings), services, std::move(completion))
    ));
}

provider::configuration further_provider(std::string name, provider::offer offer)
{
    provider::configuration made;
    made.issuer =
        oidc::parse_issuer("https://" + name + ".example", oidc::transport::https_or_loopback).value();
    made.name = std::move(name);
    made.client = oidc::client_id("gate");
    made.client_secret = secret("another");
    made.userinfo = provider::userinfo_policy::never;
    made.offer = std::move(offer);
    return made;
}

} // namespace sekisho::test
