// SPDX-License-Identifier: Apache-2.0
#pragma once
// The types that values of settings have; how each is written stands in settings/spelling.

#include "base/text.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::settings
{

// A group that is a path, as Keycloak's "/staff/tokyo".
enum class path_groups : std::uint8_t
{
    keep,
    strip_slash, // "staff/tokyo"
    last,        // "tokyo"
};

// A number of bytes, written "64KiB", "10MB" or "1048576".
struct byte_size
{
    std::uint64_t bytes = 0;
    friend bool operator==(byte_size, byte_size) = default;
};

// Where a listener binds, written ":8080" (every address), "127.0.0.1:9090" or "[::1]:9090".
struct listen_address
{
    std::string host; // an IP address without brackets, or "localhost"; empty: every address, IPv4 and IPv6
    std::uint16_t port = 0; // 0: any free port
    friend bool operator==(const listen_address&, const listen_address&) = default;
};

using texts = std::vector<std::string>;

// The name of a header towards the application; empty ("off" in the sources): not sent.
using header_name = text<struct header_name_tag>;

// A further header towards the application, written "X-Department: department".
struct header_claim
{
    std::string header;
    std::string claim; // a path into the claims: "address.country"
    friend bool operator==(const header_claim&, const header_claim&) = default;
};

enum class auth_method : std::uint8_t
{
    pkce,          // authorization code with PKCE S256
    code,          // authorization code without PKCE
    implicit,      // ID token by form_post
    code_id_token, // the hybrid ones, all with PKCE S256
    code_token,
    code_id_token_token,
    id_token_token, // implicit with an access token
};

enum class client_authentication : std::uint8_t
{
    automatic, // from the provider's metadata and from what is set: secret, key, certificate
    client_secret_basic,
    client_secret_post,
    none,
    client_secret_jwt,
    private_key_jwt,
    tls_client_auth,
    self_signed_tls_client_auth,
};

// Whose ways a provider has; settings/preset has the table of what each changes.
enum class preset : std::uint8_t
{
    automatic, // from the issuer
    generic,
    okta,
    entra,
    google,
    cognito,
    auth0,
    keycloak,
    logto,
    ping,
    gitlab,
    dex,
    adfs,
    github, // OAuth 2.0, without ID token
};

enum class off_on_auto : std::uint8_t
{
    automatic,
    off,
    on,
};

// How the access token goes to the UserInfo endpoint (RFC 6750, 2).
enum class token_place : std::uint8_t
{
    header,
    body,
    query,
};

// Where sessions are kept.
enum class session_store : std::uint8_t
{
    automatic, // redis when redis.url is set, else cookie
    cookie,
    memory,
    redis,
};

enum class redis_kind : std::uint8_t
{
    standalone,
    sentinel,
    cluster,
};

// What happens to a sign-in above session.max_per_person.
enum class too_many_sessions : std::uint8_t
{
    end_oldest,
    refuse,
};

// What becomes of a session whose tokens the provider does not renew for reasons that are not the person's.
enum class refresh_failure : std::uint8_t
{
    keep, // until its own limit
    end,
    reauthenticate, // the next navigation signs in again
};

// How the application's own sign-out is reached when somebody signs out.
enum class application_sign_out_way : std::uint8_t
{
    redirect, // the browser is sent there
    call,     // a request of ours with the person's cookies
};

// Whom a client assertion is for (RFC 7523, 3).
enum class assertion_audience : std::uint8_t
{
    token_endpoint,
    issuer,
};

// How people are signed out at the provider.
enum class sign_out_form : std::uint8_t
{
    automatic, // standard when the metadata has an end_session_endpoint, else none
    standard,  // RP-Initiated Logout 1.0
    cognito,   // client_id and logout_uri
    auth0,     // client_id and returnTo
    none,      // only here
};

// When the ID token goes along with a sign-out as a hint whom it is about.
enum class sign_out_hint : std::uint8_t
{
    always,
    while_valid, // the provider refuses one that has expired
};

// Where groups come from that no token holds.
enum class group_source : std::uint8_t
{
    claims,    // the tokens and UserInfo alone
    microsoft, // Graph, when a token says that there are too many to list
    google,    // Admin SDK, at every sign-in
    github,    // organisations and teams
    gitlab,    // groups
};

// Where an issuer may be another than the configured one, letter by letter.
enum class issuer_check : std::uint8_t
{
    exact,
    tenant_template, // Entra's `{tenantid}`, filled in with the token's `tid`, which oidc.tenants must allow
};

// A parameter for the provider, written "name=value".
struct named_value
{
    std::string name;
    std::string value;
    friend bool operator==(const named_value&, const named_value&) = default;
};

enum class response_mode : std::uint8_t
{
    automatic, // query for code and pkce, form_post for implicit
    query,
    form_post,
    jwt, // as automatic, with everything inside a JWT that the provider signed (JARM)
    query_jwt,
    form_post_jwt,
};

// Whether authorization requests are signed by us (RFC 9101).
enum class request_object : std::uint8_t
{
    off,
    signed_by_us,
    encrypted, // signed by us, then encrypted to the provider
};

enum class when_needed : std::uint8_t
{
    automatic,
    always,
    never,
};

enum class email_verified : std::uint8_t
{
    require,    // the claim must be true
    if_present, // the claim must not be false
    ignore,
};

enum class encoded_slash : std::uint8_t
{
    refuse, // a target with %2F, %5C is answered with 400
    keep,   // passed on as it is
};

enum class tls_version : std::uint8_t
{
    tls_1_2,
    tls_1_3,
};

enum class same_site : std::uint8_t
{
    lax,
    strict,
    none,
};

enum class groups_format : std::uint8_t
{
    separated,
    json,
    repeated, // one header line per group
};

enum class header_encoding : std::uint8_t
{
    automatic, // percent, only when a value is not plain ASCII
    utf8,
    percent,
    base64url,
};

enum class authorization : std::uint8_t
{
    leave, // the client's field goes through
    id_token,
    access_token,
};

// Which names people may have.
enum class username_rule : std::uint8_t
{
    any,
    arcgis, // letters, digits, ".", "_", "@", "-"; 6 to 128 characters; else the e-mail's local part, else
            // the id
};

// Whether the ID token's signature is checked.
enum class id_token_signature : std::uint8_t
{
    required,
    tls, // not where it comes from the token endpoint itself (Core 3.1.3.7, 6): providers without keys
};

// A set of demands under one name.
enum class profile : std::uint8_t
{
    none,
    fapi2_security,        // FAPI 2.0 Security Profile
    fapi2_message_signing, // and FAPI 2.0 Message Signing
};

// What a path demands of the sign-in, written "/admin/* acr=urn:mfa max_age=5m".
struct step_up_rule
{
    std::string path;
    texts acr;                                                   // any of them
    std::optional<std::chrono::seconds> max_age = std::nullopt;  // since the person proved who they are
    std::optional<std::chrono::seconds> lifetime = std::nullopt; // since this session began
    texts scopes{};                        // that must have been granted; asked for when they were not
    std::vector<named_value> parameters{}; // further ones of the request for sign-in that begins there
    friend bool operator==(const step_up_rule&, const step_up_rule&) = default;
};

} // namespace sekisho::settings
