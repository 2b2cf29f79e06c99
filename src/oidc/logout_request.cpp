// SPDX-License-Identifier: Apache-2.0
#include "oidc/logout_request.hpp"

#include "oidc/query.hpp"

namespace sekisho::oidc
{

std::optional<url> logout_address(const metadata& provider, logout_form form)
{
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
    {
        parameters own{{"client_id", request.client.str()}};
        if (!request.post_logout_redirect_uri.empty())
            own.push_back(
                {form == logout_form::cognito ? "logout_uri" : "returnTo", request.post_logout_redirect_uri}
            );
        return with_parameters(end_session_endpoint, own);
    }
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
