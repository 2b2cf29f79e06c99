// SPDX-License-Identifier: Apache-2.0
#include "oidc/authorization_request.hpp"

#include "oidc/query.hpp"

#include <algorithm>
#include <array>

namespace sekisho::oidc
{
namespace
{

// Among them those that could change what we check afterwards (RFC 9101: request, request_uri).
constexpr std::array<std::string_view, 14> reserved{
    "response_type",
    "response_mode",
    "client_id",
    "client_secret",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "dpop_jkt",
    "request",
    "request_uri",
    "registration",
};

std::string scope_text(const authorization_request& of)
{
    std::string text;
    if (of.adds_openid && std::ranges::find(of.scopes, "openid") == of.scopes.end())
        text = "openid"; // Core 3.1.2.1: without it this is not OpenID Connect
    for (const auto& each : of.scopes)
        text.append(text.empty() ? "" : " ").append(each);
    return text;
}

std::string separated_by_spaces(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& each : words)
        text.append(text.empty() ? "" : " ").append(each);
    return text;
}

void add_unless_empty(parameters& to, std::string_view name, const std::string& value)
{
    if (!value.empty())
        to.push_back({std::string(name), value});
}

// Empty: what is usual for the flow.
std::string_view response_mode_of(const authorization_request& request)
{
    const auto is_jwt = is_signed(request.mode);
    if (is_posted(request.flow, request.mode))
        return is_jwt ? "form_post.jwt" : "form_post";
    if (request.mode == response_mode::query_jwt)
        return "query.jwt";
    if (request.mode == response_mode::query) // whoever sets it has a provider with another usual one
        return "query";
    return is_jwt ? "jwt" : "";
}

void add_flow(parameters& to, const authorization_request& request)
{
    to.push_back({"response_type", std::string(response_type(request.flow))});
    if (const auto mode = response_mode_of(request); !mode.empty())
        to.push_back({"response_mode", std::string(mode)});
    if (uses_pkce(request.flow))
    {
        to.push_back({"code_challenge", request.code_challenge});
        to.push_back({"code_challenge_method", "S256"});
    }
}

bool has_name(const parameters& among, std::string_view name)
{
    return std::ranges::find(among, name, &parameter::name) != among.end();
}

void add_wishes(parameters& to, const authorization_request& request)
{
    add_unless_empty(to, "prompt", request.prompt);
    if (request.max_age)
        to.push_back({"max_age", std::to_string(request.max_age->count())});
    add_unless_empty(to, "acr_values", separated_by_spaces(request.acr_values));
    add_unless_empty(to, "display", request.display);
    add_unless_empty(to, "ui_locales", request.ui_locales);
    add_unless_empty(to, "login_hint", request.login_hint);
    add_unless_empty(to, "id_token_hint", request.id_token_hint);
    add_unless_empty(to, "domain_hint", request.domain_hint);
    for (const auto& each : request.resource)
        to.push_back({"resource", each});
    add_unless_empty(to, "audience", request.audience);
    add_unless_empty(to, "claims", request.claims);
    add_unless_empty(to, "dpop_jkt", request.dpop_jkt);
    for (const auto& each : request.extra)
        if (!is_reserved(each.name) && !has_name(to, each.name))
            to.push_back(each);
}

} // namespace

bool is_reserved(std::string_view parameter_name)
{
    return std::ranges::find(reserved, parameter_name) != reserved.end();
}

parameters parameters_of(const authorization_request& request)
{
    parameters all;
    add_flow(all, request);
    all.push_back({"client_id", request.client.str()});
    all.push_back({"redirect_uri", request.redirect.str()});
    all.push_back({"scope", scope_text(request)});
    all.push_back({"state", request.state.str()});
    all.push_back({"nonce", request.nonce.str()});
    add_wishes(all, request);
    return all;
}

std::string to_url(const url& authorization_endpoint, const authorization_request& request)
{
    return with_parameters(authorization_endpoint, parameters_of(request));
}

} // namespace sekisho::oidc
