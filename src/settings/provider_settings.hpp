// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can be set for one provider; the rules of model.hpp hold here too.

#include "base/secret.hpp"
#include "base/time.hpp"
#include "base/url.hpp"
#include "settings/values.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::settings
{

// One provider: oidc.* is the one called "default", providers.<name>.* are further ones.
struct oidc_settings
{
    settings::preset preset = settings::preset::automatic;
    std::string issuer; // as it was given; oidc/ takes a pasted /.well-known/openid-configuration off
    std::string
        response_issuer; // what `iss` of its answers may be beside the issuer (RFC 9207); empty: nothing
    std::string client_id;
    secret client_secret; // empty: a public client
    settings::auth_method auth_method = auth_method::pkce;
    settings::client_authentication client_authentication = client_authentication::automatic;
    settings::response_mode response_mode = response_mode::automatic;
    when_needed pushed_authorization = when_needed::automatic; // RFC 9126
    settings::request_object request_object = request_object::off;
    settings::profile profile = profile::none;
    texts scopes{"openid", "profile", "email"};
    texts refresh_scopes; // asked for beside them while session.refresh is on
    when_needed userinfo = when_needed::automatic;
    texts signing_algorithms;                        // empty: every asymmetric one; HS* only when listed
    std::chrono::seconds clock_skew = 60s;           // towards exp, iat, nbf, auth_time
    std::optional<std::chrono::seconds> max_age;     // not set: not sent
    std::string prompt;                              // empty: not sent
    std::string ca_file;                             // PEM; empty: the system's authorities
    bool allow_http = false;                         // loopback needs no permission
    std::chrono::milliseconds request_timeout = 10s; // one call to the provider, all of it
    std::chrono::seconds metadata_refresh = 1h;      // discovery document and keys

    // The authorization request.
    texts acr_values;
    std::string display;
    std::string domain_hint;
    texts resource;                            // RFC 8707, one parameter each
    std::string audience;                      // Auth0's
    std::string claims;                        // a JSON object (Core 5.5)
    std::vector<named_value> extra_parameters; // whatever else the provider wants
    // What a link to the login address may say: a name, or "name=value" where only that value may come.
    texts login_parameters{
        "login_hint", "prompt=login", "prompt=select_account", "prompt=consent", "prompt=create"
    };

    // Where the provider is, beside its discovery document; each set one wins over the document.
    bool discovery = true;           // false: the addresses below are all there is
    std::optional<url> metadata_url; // of the discovery document; not set: where the issuer says
    std::optional<url> authorization_endpoint;
    std::optional<url> token_endpoint;
    std::optional<url> userinfo_endpoint;
    std::optional<url> jwks_uri;
    std::optional<url> end_session_endpoint;
    std::optional<url> introspection_endpoint;
    std::optional<url> revocation_endpoint;
    std::optional<url> pushed_authorization_request_endpoint;
    std::optional<url> registration_endpoint;
    std::optional<url> back_channel_url; // scheme, host and port for our own calls instead of the issuer's
    std::string jwks_file; // verification keys that never change: a JWK set or PEM; empty: jwks_uri
    std::optional<url> signed_jwks_uri; // the keys as a JWT; not set: as the metadata says
    std::string signed_jwks_keys;       // file of the keys that sign it; empty: signed sets are not asked for
    settings::id_token_signature id_token_signature = id_token_signature::required;
    secret proxy; // http address for our calls, may hold user:password@; "off": none; empty: as HTTPS_PROXY,
                  // HTTP_PROXY and NO_PROXY say
    std::optional<std::chrono::milliseconds> metadata_timeout; // not set: request_timeout; also the keys'
    std::optional<std::chrono::milliseconds> token_timeout;
    std::optional<std::chrono::milliseconds> userinfo_timeout;

    // Client authentication without a shared secret.
    std::string signing_key;           // PEM or JWK file, or a directory of them (`sekisho key rotate`)
    std::string signing_key_algorithm; // "PS256"; empty: the key's usual one
    std::string signing_certificate;   // PEM file, for `x5t`
    std::string decryption_key;        // PEM or JWK file, or a directory of them
    bool require_encryption = false;   // of ID tokens
    std::string dpop_key;              // PEM or JWK file; empty: tokens are not bound to a key (RFC 9449)
    secret registration_token;         // initial access token of `sekisho register` (RFC 7591); empty: none
    std::string assertion_file;        // a JWT that somebody else writes (RFC 7523); read at each use
    settings::assertion_audience assertion_audience = assertion_audience::token_endpoint;
    std::string client_certificate;                    // PEM chain file for TLS towards the provider
    std::string client_key;                            // PEM file
    off_on_auto token_origin = off_on_auto::automatic; // the Origin field at the token endpoint

    // What comes back.
    token_place userinfo_token = token_place::header;
    texts claim_hosts;       // hosts that distributed claims may be fetched from (Core 5.6.2)
    texts trusted_audiences; // that may stand beside ours in `aud`
    settings::issuer_check issuer_check = issuer_check::exact;
    texts tenants;        // Entra: tenant ids that are let in; empty with tenant_template: refused at start
    texts hosted_domains; // Google: values of `hd` that are let in; empty: everybody
    group_source groups_from = group_source::claims;
    std::optional<url> api_url;        // of Graph, Admin SDK, GitHub or GitLab; not set: the public one
    std::string service_account;       // Google: the key file
    std::string service_account_actor; // Google: the administrator it acts for
    sign_out_form sign_out = sign_out_form::automatic;
    settings::sign_out_hint sign_out_hint = sign_out_hint::always;
    std::string sign_out_landing; // where the provider sends people back to: a path of ours, or an address as
                                  // it is registered; empty: server.logout_path
    bool revoke_tokens = false;   // at sign-out, where the provider has an address for it (RFC 7009)

    // How long its sessions last; not set: as session.*.
    std::optional<std::chrono::seconds> session_lifetime;
    std::optional<std::chrono::seconds> session_idle_timeout; // 0: off

    // Where this provider differs from identity.*; empty: as there.
    texts user_claim;
    texts username_claim;
    texts email_claim;
    texts name_claim;
    texts groups_claim;
    texts roles_claim;
    texts picture_claim;
    std::optional<settings::email_verified> email_verified;
    bool email_verified_text = false; // whether the text "true" is as good as the boolean
    std::optional<path_groups> group_paths;

    // Choosing among several providers.
    std::string label;    // empty: the name
    std::string label_ja; // empty: label
    std::string logo;     // an image file; empty: none
    std::uint32_t order = 0;
    texts email_domains; // people with such an address sign in here and nowhere else
    texts hosts;         // requests for these hosts are signed in here
    texts paths;         // and those below these paths, written as access.public_paths
};

// A further provider by its name: letters, digits and "-".
struct named_provider
{
    std::string name;
    oidc_settings oidc;
};

} // namespace sekisho::settings
