// SPDX-License-Identifier: Apache-2.0
#include "app/composition/wishes.hpp"

#include <utility>

namespace sekisho::app
{
namespace
{

oidc::response_mode mode_of(settings::response_mode from)
{
    switch (from)
    {
    case settings::response_mode::query:
        return oidc::response_mode::query;
    case settings::response_mode::form_post:
        return oidc::response_mode::form_post;
    case settings::response_mode::jwt:
        return oidc::response_mode::jwt;
    case settings::response_mode::query_jwt:
        return oidc::response_mode::query_jwt;
    case settings::response_mode::form_post_jwt:
        return oidc::response_mode::form_post_jwt;
    case settings::response_mode::automatic:
        break;
    }
    return oidc::response_mode::usual;
}

provider::pushing pushing_of(settings::when_needed from)
{
    switch (from)
    {
    case settings::when_needed::always:
        return provider::pushing::always;
    case settings::when_needed::never:
        return provider::pushing::never;
    case settings::when_needed::automatic:
        break;
    }
    return provider::pushing::automatic;
}

provider::request_object object_of(settings::request_object from)
{
    switch (from)
    {
    case settings::request_object::signed_by_us:
        return provider::request_object::signed_by_us;
    case settings::request_object::encrypted:
        return provider::request_object::encrypted;
    case settings::request_object::off:
        break;
    }
    return provider::request_object::off;
}

} // namespace

result<provider::request_wishes> wishes_of(const settings::oidc_settings& from)
{
    provider::request_wishes made;
    made.mode = mode_of(from.response_mode);
    made.pushed = pushing_of(from.pushed_authorization);
    made.object = object_of(from.request_object);
    made.prompt = from.prompt;
    made.max_age = from.max_age;
    made.acr_values = from.acr_values;
    made.display = from.display;
    made.domain_hint = from.domain_hint;
    made.resource = from.resource;
    made.audience = from.audience;
    made.claims = from.claims;
    for (const auto& each : from.extra_parameters)
        made.extra.push_back({each.name, each.value});
    for (const auto& each : from.login_parameters)
    {
        auto read = oidc::parse_login_parameter(each);
        if (!read)
            return fail(errc::value_malformed, "login_parameters", read.error().detail);
        made.login_parameters.push_back(std::move(*read));
    }
    return made;
}

provider::sign_out_form sign_out_of(settings::sign_out_form from)
{
    switch (from)
    {
    case settings::sign_out_form::standard:
        return provider::sign_out_form::standard;
    case settings::sign_out_form::cognito:
        return provider::sign_out_form::cognito;
    case settings::sign_out_form::auth0:
        return provider::sign_out_form::auth0;
    case settings::sign_out_form::none:
        return provider::sign_out_form::none;
    case settings::sign_out_form::automatic:
        break;
    }
    return provider::sign_out_form::automatic;
}

} // namespace sekisho::app
