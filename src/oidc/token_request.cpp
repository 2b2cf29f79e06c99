// SPDX-License-Identifier: Apache-2.0
#include "oidc/token_request.hpp"

namespace sekisho::oidc
{
namespace
{

form_request empty_request(const url& token_endpoint)
{
    return {
        .endpoint = token_endpoint,
        .fields = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
        .form = {},
    };
}

} // namespace

form_request
code_request(const url& token_endpoint, const client_credentials& client, const code_grant& grant)
{
    auto request = empty_request(token_endpoint);
    request.form = {
        {"grant_type", "authorization_code"},
        {"code", grant.code.str()},
        {"redirect_uri", grant.redirect.str()}
    };
    if (grant.verifier)
        request.form.push_back({"code_verifier", grant.verifier->str()});
    return authenticated(std::move(request), client);
}

form_request
refresh_request(const url& token_endpoint, const client_credentials& client, const secret& refresh_token)
{
    auto request = empty_request(token_endpoint);
    request.form = {{"grant_type", "refresh_token"}, {"refresh_token", std::string(refresh_token.reveal())}};
    return authenticated(std::move(request), client);
}

form_request with_origin(form_request request, const redirect_uri& ours)
{
    if (const auto address = url::parse(ours.view()))
        request.fields.emplace_back("Origin", address->origin());
    return request;
}

} // namespace sekisho::oidc
