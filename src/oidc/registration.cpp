// SPDX-License-Identifier: Apache-2.0
#include "oidc/registration.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::oidc
{
namespace
{

void say(json& into, const char* name, const std::string& text)
{
    if (!text.empty())
        into[name] = text;
}

void say(json& into, const char* name, const std::vector<std::string>& texts)
{
    if (!texts.empty())
        into[name] = texts;
}

void say(json& into, const char* name, std::optional<crypto::algorithm> alg)
{
    if (alg)
        into[name] = crypto::name(*alg);
}

void say(json& into, const char* name, wish which)
{
    if (which == wish::yes)
        into[name] = true;
}

// Registration 1.0, 2: those that belong to the response type.
std::vector<std::string> grants_of(const client_description& about)
{
    std::vector<std::string> made;
    if (has_code(about.flow))
        made.emplace_back("authorization_code");
    if (has_id_token(about.flow) || has_access_token(about.flow))
        made.emplace_back("implicit");
    if (has_code(about.flow) && about.refreshes == wish::yes)
        made.emplace_back("refresh_token");
    return made;
}

// Registration 1.0, 2: tokens may not go through a browser to a web client without https, nor on localhost.
std::string_view application_type(const client_description& about)
{
    const auto is_plain = !about.redirect_uris.empty() && about.redirect_uris.front().starts_with("http://");
    return is_plain && is_always_posted(about.flow) ? "native" : "web";
}

void say_sign_out(json& into, const client_description& about)
{
    say(into, "post_logout_redirect_uris", about.post_logout_redirect_uris);
    say(into, "backchannel_logout_uri", about.back_channel_logout_uri);
    if (!about.back_channel_logout_uri.empty())
        into["backchannel_logout_session_required"] = true;
    say(into, "frontchannel_logout_uri", about.front_channel_logout_uri);
    if (!about.front_channel_logout_uri.empty())
        into["frontchannel_logout_session_required"] = true;
}

void say_keys(json& into, const client_description& about)
{
    say(into, "jwks_uri", about.jwks_uri);
    if (about.jwks_uri.empty() && !about.keys.empty())
        if (auto keys = parse_json(about.keys))
            into["jwks"] = std::move(*keys);
}

registration_request with_token(registration_request request, const secret& token)
{
    if (!token.empty())
        request.fields.emplace_back("Authorization", "Bearer " + std::string(token.reveal()));
    return request;
}

http::owned_fields fields_of_json()
{
    return {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
}

} // namespace

json client_metadata(const client_description& about)
{
    auto made = json::object();
    made["application_type"] = application_type(about);
    say(made, "client_name", about.name);
    say(made, "redirect_uris", about.redirect_uris);
    made["response_types"] = {response_type(about.flow)};
    made["grant_types"] = grants_of(about);
    made["token_endpoint_auth_method"] = name(about.method);
    say(made, "token_endpoint_auth_signing_alg", about.signs_with);
    say(made, "tls_client_auth_subject_dn", about.certificate_subject);
    say(made, "scope", about.scope);
    say(made, "initiate_login_uri", about.initiate_login_uri);
    say_sign_out(made, about);
    say_keys(made, about);
    say(made, "id_token_signed_response_alg", about.id_token_signed);
    say(made, "id_token_encrypted_response_alg", about.id_token_encrypted);
    say(made, "request_object_signing_alg", about.request_signed);
    if (about.request_signed)
        made["require_signed_request_object"] = true;
    say(made, "authorization_signed_response_alg", about.response_signed);
    say(made, "require_pushed_authorization_requests", about.pushes_requests);
    say(made, "dpop_bound_access_tokens", about.binds_to_dpop_key);
    say(made, "tls_client_certificate_bound_access_tokens", about.binds_to_certificate);
    return made;
}

registration_request
register_client(const url& endpoint, const json& metadata, const secret& initial_access_token)
{
    return with_token({"POST", endpoint, fields_of_json(), to_text(metadata)}, initial_access_token);
}

registration_request update_client(const kept_registration& client, json metadata)
{
    metadata["client_id"] = client.id.str();
    if (!client.client_secret.empty())
        metadata["client_secret"] = std::string(client.client_secret.reveal());
    return with_token({"PUT", client.client_uri, fields_of_json(), to_text(metadata)}, client.access_token);
}

registration_request delete_client(const kept_registration& client)
{
    return with_token(
        {"DELETE", client.client_uri, {{"Accept", "application/json"}}, {}}, client.access_token
    );
}

} // namespace sekisho::oidc
