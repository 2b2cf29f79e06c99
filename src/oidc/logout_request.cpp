// SPDX-License-Identifier: Apache-2.0
#include "oidc/logout_request.hpp"

#include "oidc/query.hpp"

#include <string_view>

namespace sekisho::oidc
{

namespace
{

// What the address to come back to is called; "" with the standard.
std::string_view name_of_landing(logout_form form)
{
    switch (form)
    {
    case logout_form::cognito:
        return "logout_uri";
    case logout_form::auth0:
        return "returnTo";
    case logout_form::ping:
        return "TargetResource";
    case logout_form::standard:
        break;
    }
    return {};
}

std::string in_own_words(const url& address, const logout_request& request, logout_form form)
{
    parameters own;
    if (form != logout_form::ping)
        own.push_back({"client_id", request.client.str()});
    if (!request.post_logout_redirect_uri.empty())
        own.push_back({std::string(name_of_landing(form)), request.post_logout_redirect_uri});
    return with_parameters(address, own);
}

} // namespace

logout_form usual_logout_form(const metadata& provider)
{
    const bool is_ping = !provider.end_session_endpoint && provider.ping_end_session_endpoint;
    return is_ping ? logout_form::ping : logout_form::standard;
}

std::optional<url> logout_address(const metadata& provider, logout_form form)
{
    if (form == logout_form::ping)
        return provider.ping_end_session_endpoint;
    if (form != logout_form::auth0 && provider.end_session_endpoint)
        return provider.end_session_endpoint;
    if (form == logout_form::standard)
        return std::nullopt;
    const auto origin = provider.authorization_endpoint.origin();
    auto address = url::parse(origin + (form == logout_form::auth0 ? "/v2/logout" : "/logout"));
    return address ? std::optional(*std::move(address)) : std::nullopt;
}

std::string to_url(const url& end_session_endpoint, const logout_request& request, logout_form form)
{
    if (form != logout_form::standard)
        return in_own_words(end_session_endpoint, request, form);
    parameters all{{"client_id", request.client.str()}};
    if (!request.id_token_hint.empty() && request.id_token_hint.size() <= request.hint_limit)
        all.push_back({"id_token_hint", std::string(request.id_token_hint.reveal())});
    if (!request.post_logout_redirect_uri.empty())
    {
        all.push_back({"post_logout_redirect_uri", request.post_logout_redirect_uri});
        if (!request.state.empty())
            all.push_back({"state", request.state.str()});
    }
    if (!request.ui_locales.empty())
        all.push_back({"ui_locales", request.ui_locales});
    return with_parameters(end_session_endpoint, all);
}

} // namespace sekisho::oidc
