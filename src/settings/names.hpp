// SPDX-License-Identifier: Apache-2.0
#pragma once
// The names of enumerators as the settings write them.

#include "base/log.hpp"
#include "settings/values.hpp"

#include <array>
#include <string_view>

namespace sekisho::settings
{

// `value`: the names of the enumerators, in their order; `also` and `also_means`, where there are: further
// names, which are read and never printed.
template <class Enum>
struct names_of;

template <>
struct names_of<auth_method>
{
    static constexpr std::array<std::string_view, 7> value{
        "pkce", "code", "implicit", "code id_token", "code token", "code id_token token", "id_token token"
    };
    static constexpr std::array<std::string_view, 1> also{"hybrid"};
    static constexpr std::array<auth_method, 1> also_means{auth_method::code_id_token};
};
template <>
struct names_of<session_store>
{
    static constexpr std::array<std::string_view, 4> value{"auto", "cookie", "memory", "redis"};
};
template <>
struct names_of<redis_kind>
{
    static constexpr std::array<std::string_view, 3> value{"standalone", "sentinel", "cluster"};
};
template <>
struct names_of<too_many_sessions>
{
    static constexpr std::array<std::string_view, 2> value{"end_oldest", "refuse"};
};
template <>
struct names_of<refresh_failure>
{
    static constexpr std::array<std::string_view, 3> value{"keep", "end", "reauthenticate"};
};
template <>
struct names_of<application_sign_out_way>
{
    static constexpr std::array<std::string_view, 2> value{"redirect", "call"};
};
template <>
struct names_of<client_authentication>
{
    static constexpr std::array<std::string_view, 8> value{
        "auto",
        "client_secret_basic",
        "client_secret_post",
        "none",
        "client_secret_jwt",
        "private_key_jwt",
        "tls_client_auth",
        "self_signed_tls_client_auth",
    };
};
template <>
struct names_of<id_token_signature>
{
    static constexpr std::array<std::string_view, 2> value{"required", "tls"};
};
template <>
struct names_of<profile>
{
    static constexpr std::array<std::string_view, 3> value{"none", "fapi2_security", "fapi2_message_signing"};
};
template <>
struct names_of<preset>
{
    static constexpr std::array<std::string_view, 14> value{
        "auto",
        "generic",
        "okta",
        "entra",
        "google",
        "cognito",
        "auth0",
        "keycloak",
        "logto",
        "ping",
        "gitlab",
        "dex",
        "adfs",
        "github"
    };
};
template <>
struct names_of<off_on_auto>
{
    static constexpr std::array<std::string_view, 3> value{"auto", "off", "on"};
};
template <>
struct names_of<token_place>
{
    static constexpr std::array<std::string_view, 3> value{"header", "body", "query"};
};
template <>
struct names_of<assertion_audience>
{
    static constexpr std::array<std::string_view, 2> value{"token_endpoint", "issuer"};
};
template <>
struct names_of<sign_out_form>
{
    static constexpr std::array<std::string_view, 5> value{"auto", "standard", "cognito", "auth0", "none"};
};
template <>
struct names_of<sign_out_hint>
{
    static constexpr std::array<std::string_view, 2> value{"always", "while_valid"};
};
template <>
struct names_of<group_source>
{
    static constexpr std::array<std::string_view, 5> value{
        "claims", "microsoft", "google", "github", "gitlab"
    };
};
template <>
struct names_of<issuer_check>
{
    static constexpr std::array<std::string_view, 2> value{"exact", "tenant_template"};
};
template <>
struct names_of<username_rule>
{
    static constexpr std::array<std::string_view, 2> value{"any", "arcgis"};
};
template <>
struct names_of<path_groups>
{
    static constexpr std::array<std::string_view, 3> value{"keep", "strip_slash", "last"};
};
template <>
struct names_of<response_mode>
{
    static constexpr std::array<std::string_view, 6> value{
        "auto", "query", "form_post", "jwt", "query.jwt", "form_post.jwt"
    };
};
template <>
struct names_of<request_object>
{
    static constexpr std::array<std::string_view, 3> value{"off", "signed", "encrypted"};
};
template <>
struct names_of<when_needed>
{
    static constexpr std::array<std::string_view, 3> value{"auto", "always", "never"};
};
template <>
struct names_of<encoded_slash>
{
    static constexpr std::array<std::string_view, 2> value{"refuse", "keep"};
};
template <>
struct names_of<tls_version>
{
    static constexpr std::array<std::string_view, 2> value{"1.2", "1.3"};
};
template <>
struct names_of<same_site>
{
    static constexpr std::array<std::string_view, 3> value{"lax", "strict", "none"};
};
template <>
struct names_of<email_verified>
{
    static constexpr std::array<std::string_view, 3> value{"require", "if_present", "ignore"};
};
template <>
struct names_of<groups_format>
{
    static constexpr std::array<std::string_view, 3> value{"separated", "json", "repeated"};
};
template <>
struct names_of<header_encoding>
{
    static constexpr std::array<std::string_view, 4> value{"auto", "utf8", "percent", "base64url"};
};
template <>
struct names_of<authorization>
{
    static constexpr std::array<std::string_view, 3> value{"leave", "id_token", "access_token"};
};
template <>
struct names_of<log::level>
{
    static constexpr std::array<std::string_view, 6> value{
        "trace", "debug", "info", "warning", "error", "off"
    };
};
template <>
struct names_of<log::format>
{
    static constexpr std::array<std::string_view, 2> value{"text", "json"};
};

} // namespace sekisho::settings
