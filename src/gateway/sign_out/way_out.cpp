// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/way_out.hpp"

#include "gateway/sign_in/proof.hpp"

#include <utility>

namespace sekisho::gateway
{
namespace
{

oidc::logout_form form_of(provider::sign_out_form from, const oidc::metadata& of)
{
    switch (from)
    {
    case provider::sign_out_form::cognito:
        return oidc::logout_form::cognito;
    case provider::sign_out_form::auth0:
        return oidc::logout_form::auth0;
    case provider::sign_out_form::automatic:
        return oidc::usual_logout_form(of);
    default:
        return oidc::logout_form::standard;
    }
}

bool has_expired(const secret& id_token, time_point now)
{
    const auto exp = claims_inside(id_token.reveal()).number("exp");
    return !exp || now >= from_numeric_date(*exp);
}

} // namespace

std::shared_ptr<provider::provider> provider_of(const context& about, const provider::registry& providers)
{
    if (about.session)
        for (const auto& each : providers.all())
            if (each->name() == about.session->value.provider)
                return each;
    return nullptr;
}

std::optional<way_out> way_out_of(const context& about, const provider::registry& providers)
{
    auto at = provider_of(about, providers);
    const auto metadata = at != nullptr ? at->known_metadata() : nullptr;
    if (!metadata || at->settings().sign_out == provider::sign_out_form::none)
        return std::nullopt;
    const auto form = form_of(at->settings().sign_out, *metadata);
    auto address = oidc::logout_address(*metadata, form);
    if (!address)
        return std::nullopt;
    return way_out{std::move(at), form, *std::move(address)};
}

std::string landing_of(const way_out& way, const url& origin, const addresses& ours)
{
    const auto& wanted = way.at->settings().sign_out_landing;
    if (wanted.empty())
        return origin.origin() + ours.logout_path;
    return wanted.starts_with('/') ? origin.origin() + wanted : wanted;
}

std::string address_of(const way_out& way, sign_out_words words, time_point now)
{
    const auto& to = way.at->settings();
    if (to.hint_at_sign_out == provider::sign_out_hint::while_valid && has_expired(words.hint, now))
        words.hint = {};
    oidc::logout_request request;
    request.client = to.client;
    request.id_token_hint = std::move(words.hint);
    request.post_logout_redirect_uri = std::move(words.landing);
    request.state = oidc::state(std::move(words.state));
    return oidc::to_url(way.address, request, way.form);
}

} // namespace sekisho::gateway
