// SPDX-License-Identifier: Apache-2.0
#include "app/composition/profile.hpp"

#include "app/composition/client.hpp"
#include "settings/profile.hpp"

namespace sekisho::app
{
namespace
{

// With `auto` a certificate may be proof in both ways; the metadata decides.
std::vector<oidc::client_authentication> ways_of(settings::client_authentication from)
{
    if (const auto set = authentication_of(from))
        return {*set};
    return {
        oidc::client_authentication::tls_client_auth,
        oidc::client_authentication::self_signed_tls_client_auth,
    };
}

bool is_signed(settings::response_mode mode)
{
    using enum settings::response_mode;
    return mode == jwt || mode == query_jwt || mode == form_post_jwt;
}

} // namespace

std::optional<oidc::profile_demands> demands_of(const settings::oidc_settings& from)
{
    if (from.profile == settings::profile::none)
        return std::nullopt;
    oidc::profile_demands made;
    made.name = settings::name_of(from.profile);
    for (const auto name : settings::profile_algorithms)
        if (const auto known = crypto::find_algorithm(name))
            made.algorithms.push_back(*known);
    made.authentication = ways_of(from.client_authentication);
    if (!from.dpop_key.empty())
        made.binding = oidc::token_binding::dpop;
    if (from.request_object != settings::request_object::off)
        made.requests = oidc::request_form::signed_jwt;
    if (is_signed(from.response_mode))
        made.answers = oidc::response_form::signed_jwt;
    return made;
}

} // namespace sekisho::app
