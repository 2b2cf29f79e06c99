// SPDX-License-Identifier: Apache-2.0
#include "base/algorithm_names.hpp"
#include "base/json.hpp"
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"
#include "settings/spelling.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace sekisho::settings
{
namespace
{

// Also oidc::is_reserved and what a link may not say; this folder does not know that one.
constexpr std::array<std::string_view, 14> protocol_parameters{
    "client_id",
    "client_secret",
    "code_challenge",
    "code_challenge_method",
    "dpop_jkt",
    "nonce",
    "redirect_uri",
    "registration",
    "request",
    "request_uri",
    "response_mode",
    "response_type",
    "scope",
    "state"
};
constexpr std::array<std::string_view, 7> own_settings{
    "prompt", "max_age", "acr_values", "display", "domain_hint", "audience", "claims"
};
constexpr std::array<std::string_view, 3> login_words{"return_to", "idp", "email"};
constexpr std::array<std::string_view, 4> displays{"page", "popup", "touch", "wap"};
constexpr std::array<std::string_view, 5> prompts{"none", "login", "consent", "select_account", "create"};

bool is_hybrid(const oidc_settings& oidc)
{
    return oidc.auth_method == auth_method::code_id_token || oidc.auth_method == auth_method::code_token ||
           oidc.auth_method == auth_method::code_id_token_token;
}

bool has_token_in_front(const oidc_settings& oidc)
{
    return oidc.auth_method == auth_method::implicit || oidc.auth_method == auth_method::id_token_token ||
           is_hybrid(oidc);
}

bool is_form_post_wanted(const oidc_settings& oidc)
{
    return oidc.response_mode == response_mode::form_post ||
           oidc.response_mode == response_mode::form_post_jwt;
}

bool is_query_wanted(const oidc_settings& oidc)
{
    return oidc.response_mode == response_mode::query || oidc.response_mode == response_mode::query_jwt;
}

bool is_form_post(const oidc_settings& oidc)
{
    return is_form_post_wanted(oidc) || (!is_query_wanted(oidc) && has_token_in_front(oidc));
}

bool is_signed_answer(const oidc_settings& oidc)
{
    return oidc.response_mode == response_mode::jwt || oidc.response_mode == response_mode::query_jwt ||
           oidc.response_mode == response_mode::form_post_jwt;
}

void check_issuer(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (oidc.issuer.empty())
        return about.require(
            "issuer", "the address of your identity provider, such as https://login.example.com"
        );
    const auto issuer = url::parse(oidc.issuer);
    if (!issuer)
        return about.refuse(
            "issuer", "is not an absolute address such as https://login.example.com: " + issuer.error().detail
        );
    if (issuer->is_https() || issuer->is_loopback())
        return;
    if (oidc.allow_http)
        about.warn(
            "allow_http",
            "the provider is reached over plain http: anyone on the way can sign in as anybody; use it for "
            "tests only"
        );
    else
        about.refuse(
            "issuer",
            "is plain http, where anyone on the way can sign in as anybody; use https (a test may set " +
                about.path("allow_http") + ")"
        );
}

void check_form_post(provider_examination& about)
{
    const auto& oidc = about.oidc();
    const auto& address = about.values().server.public_url;
    if (is_signed_answer(oidc) && is_oauth_only(oidc))
        about.refuse(
            "response_mode",
            spelling<response_mode>::print(oidc.response_mode) +
                " needs a provider that signs, and this one has no keys"
        );
    if (has_token_in_front(oidc) && is_query_wanted(oidc))
        about.refuse(
            "response_mode",
            spelling<response_mode>::print(oidc.response_mode) + " cannot carry the tokens of " +
                spelling<auth_method>::print(oidc.auth_method) +
                ": addresses end up in histories and logs; use form_post"
        );
    if (is_form_post(oidc) && address && !address->is_https() && !address->is_loopback())
        about.refuse(
            is_form_post_wanted(oidc) ? "response_mode" : "auth_method",
            "form_post needs https: the provider's page posts to us from another site, and browsers then "
            "send our sign-in cookie only if it is SameSite=None and Secure; set server.public_url to an "
            "https "
            "address, or use auth_method pkce"
        );
}

void check_access_token(provider_examination& about)
{
    const auto& identity = about.values().identity;
    if (about.oidc().auth_method != auth_method::implicit)
        return;
    if (about.oidc().userinfo == when_needed::always)
        about.refuse("userinfo", "always needs an access token, which implicit does not give; use pkce");
    if (!identity.access_token_header.empty())
        about.all().refuse(
            "identity.access_token_header",
            "implicit (" + about.path("auth_method") + ") gives no access token; use auth_method pkce"
        );
    if (identity.authorization == authorization::access_token)
        about.all().refuse(
            "identity.authorization",
            "implicit (" + about.path("auth_method") + ") gives no access token; use auth_method pkce"
        );
}

void check_algorithms(provider_examination& about)
{
    constexpr std::size_t least_key = 32; // bytes, RFC 7518, 3.2
    const auto& oidc = about.oidc();
    for (const auto& name : oidc.signing_algorithms)
    {
        if (!holds(signature_algorithms, name))
            about.refuse(
                "signing_algorithms", "\"" + name + "\" is none of " + in_a_row(signature_algorithms)
            );
        else if (name.starts_with("HS") && oidc.client_secret.empty())
            about.refuse(
                "signing_algorithms",
                name + " is keyed by " + about.path("client_secret") + ", which is not set"
            );
        else if (name.starts_with("HS") && oidc.client_secret.size() < least_key)
            about.warn(
                "signing_algorithms",
                name + " with a client secret of less than 32 bytes can be guessed; let the provider sign "
                       "with RS256"
            );
    }
}

// Words with a space between, none of them beside another (Core 3.1.2.1).
void check_prompt(provider_examination& about)
{
    const auto words = split_list(about.oidc().prompt, separation::space);
    for (const auto& each : words)
        if (!holds(prompts, std::string_view(each)))
            about.refuse(
                "prompt", "\"" + each + "\" is not one of none | login | consent | select_account | create"
            );
        else if (each == "none" && words.size() > 1)
            about.refuse("prompt", "none cannot stand beside another word");
}

// What is compared or sent letter by letter is at least an address.
void check_names(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (!oidc.response_issuer.empty() && !url::parse(oidc.response_issuer))
        about.refuse("response_issuer", "\"" + oidc.response_issuer + "\" is no http or https address");
    const auto& landing = oidc.sign_out_landing;
    const auto is_path = landing.starts_with('/') && !landing.starts_with("//");
    if (!landing.empty() && !is_path && !url::parse(landing))
        about.refuse(
            "sign_out_landing", "\"" + landing + "\" is neither a path nor an http or https address"
        );
}

// An access token alone does not say when somebody signed in, nor how.
void check_proof_of_sign_in(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (!is_oauth_only(oidc))
        return;
    if (oidc.max_age)
        about.refuse(
            "max_age", "cannot be enforced: without an ID token nobody says when a person signed in"
        );
    if (!oidc.acr_values.empty())
        about.refuse("acr_values", "cannot be had: without an ID token nobody says how a person signed in");
}

void check_request(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (!is_oauth_only(oidc) && !holds(oidc.scopes, "openid"))
        about.refuse("scopes", "openid is missing; without it the provider sends no ID token");
    check_prompt(about);
    if (oidc.prompt == "none")
        about.warn("prompt", "none: people who are not signed in at the provider already cannot sign in");
    if (oidc.clock_skew > 10min)
        about.warn("clock_skew", "is more than 10m: expired tokens stay good for that long");
}

// Core 5.5.
void check_claims(provider_examination& about)
{
    const auto& text = about.oidc().claims;
    if (text.empty())
        return;
    const auto asked = parse_json(text);
    if (!asked)
        return about.refuse("claims", "is no JSON: " + asked.error().detail);
    if (!asked->is_object())
        return about.refuse("claims", std::string("is no JSON object but: ") + asked->type_name());
    for (const auto& [member, wanted] : asked->items())
        if (member != "id_token" && member != "userinfo")
            about.refuse("claims", "\"" + member + "\" is neither id_token nor userinfo");
        else if (!wanted.is_object())
            about.refuse("claims", member + " is no JSON object but: " + wanted.type_name());
}

// What the request says itself, or has a setting of its own for.
void check_parameters(provider_examination& about)
{
    for (const auto& each : about.oidc().extra_parameters)
        if (is_protocol_parameter(each.name))
            about.refuse("extra_parameters", each.name + " belongs to the protocol and is always sent by us");
        else if (holds(own_settings, std::string_view(each.name)))
            about.refuse(
                "extra_parameters", each.name + " has a setting of its own: " + about.path(each.name)
            );
    for (const auto& each : about.oidc().login_parameters)
    {
        const auto name = std::string_view(each).substr(0, each.find('='));
        if (name.empty() || is_protocol_parameter(name) || holds(login_words, name))
            about.refuse(
                "login_parameters", "\"" + each + "\" cannot be handed on: we say or read it ourselves"
            );
    }
    const auto& display = about.oidc().display;
    if (!display.empty() && !holds(displays, std::string_view(display)))
        about.refuse("display", "\"" + display + "\" is not one of page | popup | touch | wap");
}

// What comes through the browser alone can be changed there: nobody has granted it (RFC 6749, 10.16).
void check_demanded_scopes(provider_examination& about)
{
    const auto& oidc = about.oidc();
    const auto has_code = !has_token_in_front(oidc) || is_hybrid(oidc);
    const auto& rules = about.values().access.step_up;
    if (has_code || is_signed_answer(oidc) ||
        std::ranges::all_of(rules, [](const step_up_rule& each) { return each.scopes.empty(); }))
        return;
    about.refuse(
        "auth_method",
        "gives no proof of the scopes that access.step_up demands: what was granted comes through the "
        "browser, where it can be changed; use pkce, or an answer that is signed (" +
            about.path("response_mode") + " jwt)"
    );
}

} // namespace

bool is_protocol_parameter(std::string_view name) { return holds(protocol_parameters, name); }

void check_oidc(provider_examination& about)
{
    check_issuer(about);
    check_form_post(about);
    check_access_token(about);
    check_algorithms(about);
    check_request(about);
    check_claims(about);
    check_parameters(about);
    check_names(about);
    check_proof_of_sign_in(about);
    check_demanded_scopes(about);
}

} // namespace sekisho::settings
