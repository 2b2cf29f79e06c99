// SPDX-License-Identifier: Apache-2.0
#include "settings/rows/definition.hpp"
#include "settings/rows/rows.hpp"

namespace sekisho::settings
{
namespace
{

using enum range;
using o = oidc_settings;

// clang-format off
constexpr row rows[] = {
    define<&model::oidc, &o::preset>({.path = "oidc.preset", .meaning = "Whose ways the provider has. `auto`: told by the issuer. A preset changes defaults only, so whatever is set wins; `sekisho check` and the start of the log say what was found and what it changes, docs/providers says why."}),
    define<&model::oidc, &o::issuer>({.path = "oidc.issuer", .meaning = "The provider's issuer address, exactly as its discovery document says it; a pasted `/.well-known/openid-configuration` is taken off. Required, unless there are only `providers.*`.", .example = "https://login.example.com/realms/main", .aliases = {"GORILLA_OIDC_ISSUER"}}),
    define<&model::oidc, &o::response_issuer>({.path = "oidc.response_issuer", .meaning = "What `iss` of the provider's answers may be beside `oidc.issuer` (RFC 9207), for a provider whose answers bear another name than its tokens, or that has no tokens: GitHub, whose preset sets it. Not set: nothing else.", .example = "https://github.com/login/oauth"}),
    define<&model::oidc, &o::client_id>({.path = "oidc.client_id", .meaning = "The client id the provider gave to this application. Required. As a file it is what `sekisho register` writes.", .example = "sekisho", .aliases = {"GORILLA_OIDC_CLIENT_ID"}, .has_file_twin = true}),
    define<&model::oidc, &o::client_secret>({.path = "oidc.client_secret", .meaning = "The client secret. Not set: a public client, which needs `pkce` or `implicit`, or one that proves itself by `oidc.signing_key`, `oidc.assertion_file` or `oidc.client_certificate`.", .aliases = {"OIDC_SECRET", "GORILLA_OIDC_SECRET"}}),
    define<&model::oidc, &o::auth_method>({.path = "oidc.auth_method", .meaning = "`pkce`: authorization code with PKCE, right for every current provider. `code`: authorization code without PKCE, needs a client secret. `implicit`: an ID token by form post, for old registrations; `id_token token`: with an access token beside it. `code id_token` (also written `hybrid`), `code token` and `code id_token token`: the hybrid flows, with PKCE and by form post.", .aliases = {"GORILLA_AUTH_METHOD"}}),
    define<&model::oidc, &o::client_authentication>({.path = "oidc.client_authentication", .meaning = "How we prove at the provider who we are. `auto` takes what is set (a key, a certificate, a secret) in the way that the provider's metadata offers. `client_secret_jwt` and `private_key_jwt` send a signed assertion (the second with `oidc.signing_key` or `oidc.assertion_file`), `tls_client_auth` and `self_signed_tls_client_auth` use `oidc.client_certificate`."}),
    define<&model::oidc, &o::response_mode>({.path = "oidc.response_mode", .meaning = "How the provider sends its answer through the browser. `auto`: `query` for a code, `form_post` for `implicit` and the hybrid flows; whatever else is set is said to the provider. `form_post` needs https, except on localhost. `jwt`, `query.jwt`, `form_post.jwt`: the same with the whole answer inside a JWT that the provider signed (JARM)."}),
    define<&model::oidc, &o::pushed_authorization>({.path = "oidc.pushed_authorization", .meaning = "Whether the request for sign-in goes to the provider behind the browser's back (RFC 9126), so that the browser carries only a reference to it. `auto`: where the provider's metadata demands it."}),
    define<&model::oidc, &o::request_object>({.path = "oidc.request_object", .meaning = "`signed`: the request for sign-in is a JWT signed with `oidc.signing_key` (RFC 9101), which nobody on the way can change. `encrypted`: the JWT is encrypted to the provider too, with the newest key of its key set that is for encryption (`use` is `enc`), so that nobody on the way can read it."}),
    define<&model::oidc, &o::profile>({.path = "oidc.profile", .meaning = "A set of demands on how sign-in is done, all held at start: `fapi2_security` (FAPI 2.0 Security Profile) wants pushed requests, PKCE, `private_key_jwt` or a client certificate, tokens bound to a key, and strong algorithms, and turns on what is left at `auto`; `fapi2_message_signing` wants signed requests and answers beside them."}),
    define<&model::oidc, &o::scopes>({.path = "oidc.scopes", .meaning = "The scopes asked for; `openid` must be among them, except for a provider that only knows OAuth 2.0."}),
    define<&model::oidc, &o::refresh_scopes>({.path = "oidc.refresh_scopes", .meaning = "Scopes asked for beside `oidc.scopes` while `session.refresh` is on, so that the provider gives a refresh token. Presets set it where asking does no harm; `openid` alone asks for nothing more.", .example = "offline_access"}),
    define<&model::oidc, &o::userinfo>({.path = "oidc.userinfo", .meaning = "Whether the UserInfo endpoint is called after sign-in. `auto`: only when the ID token lacks a claim that the settings need."}),
    define<&model::oidc, &o::signing_algorithms>({.path = "oidc.signing_algorithms", .meaning = "The algorithms an ID token may be signed with. Empty: every asymmetric one (RS, PS and ES 256 to 512, EdDSA, also by the names of its curves Ed25519 and Ed448). HS256 to HS512 only when listed, with the client secret as the key.", .example = "RS256"}),
    define<&model::oidc, &o::clock_skew>({.path = "oidc.clock_skew", .meaning = "How far the provider's clock may differ from ours."}),
    define<&model::oidc, &o::max_age>({.path = "oidc.max_age", .meaning = "The provider must have seen the person sign in within this time; sent as `max_age` and checked against `auth_time`. Not set: not asked for.", .example = "8h"}),
    define<&model::oidc, &o::prompt>({.path = "oidc.prompt", .meaning = "Sent to the provider as `prompt`: `login`, `consent`, `select_account`, `create` or `none`, or several of them with a space between. Not set: not sent.", .example = "select_account"}),
    define<&model::oidc, &o::ca_file>({.path = "oidc.ca_file", .meaning = "A PEM file with the certificate authorities the provider's certificate is checked against. Not set: the system's.", .example = "/etc/sekisho/provider-ca.pem"}),
    define<&model::oidc, &o::allow_http>({.path = "oidc.allow_http", .meaning = "Accept a provider over plain http on another machine: anyone on the way can then sign in as anybody. For tests only; localhost needs no permission."}),
    define<&model::oidc, &o::request_timeout>({.path = "oidc.request_timeout", .meaning = "How long one call to the provider may take.", .allowed = not_zero}),
    define<&model::oidc, &o::metadata_refresh>({.path = "oidc.metadata_refresh", .meaning = "How often the provider's discovery document and keys are fetched again.", .allowed = not_zero}),

    define<&model::oidc, &o::acr_values>({.path = "oidc.acr_values", .meaning = "Authentication context classes asked for, best first; sent as `acr_values`. Paths that demand one say so in `access.step_up`.", .example = "urn:mace:incommon:iap:silver"}),
    define<&model::oidc, &o::display>({.path = "oidc.display", .meaning = "Sent to the provider as `display`: `page`, `popup`, `touch` or `wap`. Not set: not sent.", .example = "page"}),
    define<&model::oidc, &o::domain_hint>({.path = "oidc.domain_hint", .meaning = "Sent to the provider as `domain_hint`: Microsoft Entra ID and others then go to that domain's sign-in at once. Not set: not sent.", .example = "example.com"}),
    define<&model::oidc, &o::resource>({.path = "oidc.resource", .meaning = "Addresses of the services the access token is for (RFC 8707), sent as one `resource` each. Microsoft's v2 addresses refuse it: name a scope there.", .example = "https://api.example.com"}),
    define<&model::oidc, &o::claims>({.path = "oidc.claims", .meaning = "Sent to the provider as `claims` (OpenID Connect Core 5.5): which claims are wanted in the ID token or from UserInfo, as a JSON object. Not set: not sent.", .example = R"({"id_token":{"email":{"essential":true}}})"}),
    define<&model::oidc, &o::audience>({.path = "oidc.audience", .meaning = "Sent to the provider as `audience`: Auth0 and others then give an access token for that service. Not set: not sent.", .example = "https://api.example.com"}),
    define<&model::oidc, &o::extra_parameters>({.path = "oidc.extra_parameters", .meaning = "Further parameters of the request for sign-in, each as `name=value`; several in one text stand apart by `;`. Those that the protocol needs itself cannot be set here.", .example = "kc_idp_hint=github"}),
    define<&model::oidc, &o::login_parameters>({.path = "oidc.login_parameters", .meaning = "The parameters that a link to `server.login_path` may hand on to the provider: a name, or `name=value` where only that value may come."}),

    define<&model::oidc, &o::discovery>({.path = "oidc.discovery", .meaning = "Read the provider's discovery document. `false`: the addresses below are all there is, with `oidc.jwks_uri` or `oidc.jwks_file` for its keys."}),
    define<&model::oidc, &o::metadata_url>({.path = "oidc.metadata_url", .meaning = "The address of the discovery document where it is not the one that the issuer makes (`/.well-known/openid-configuration` behind it). The `issuer` in it must be `oidc.issuer` all the same.", .example = "https://login.example.com/metadata.json"}),
    define<&model::oidc, &o::authorization_endpoint>({.path = "oidc.authorization_endpoint", .meaning = "Where people are sent to sign in. This and the addresses below win over the discovery document, each by itself.", .example = "https://login.example.com/authorize"}),
    define<&model::oidc, &o::token_endpoint>({.path = "oidc.token_endpoint", .meaning = "Where a code is exchanged for tokens.", .example = "https://login.example.com/token"}),
    define<&model::oidc, &o::userinfo_endpoint>({.path = "oidc.userinfo_endpoint", .meaning = "Where claims are asked for with the access token.", .example = "https://login.example.com/userinfo"}),
    define<&model::oidc, &o::jwks_uri>({.path = "oidc.jwks_uri", .meaning = "Where the provider publishes its keys.", .example = "https://login.example.com/keys"}),
    define<&model::oidc, &o::end_session_endpoint>({.path = "oidc.end_session_endpoint", .meaning = "Where people are sent to sign out.", .example = "https://login.example.com/logout"}),
    define<&model::oidc, &o::introspection_endpoint>({.path = "oidc.introspection_endpoint", .meaning = "Where tokens are examined (RFC 7662). Nothing asks there yet.", .example = "https://login.example.com/introspect"}),
    define<&model::oidc, &o::revocation_endpoint>({.path = "oidc.revocation_endpoint", .meaning = "Where tokens are revoked (RFC 7009).", .example = "https://login.example.com/revoke"}),
    define<&model::oidc, &o::pushed_authorization_request_endpoint>({.path = "oidc.pushed_authorization_request_endpoint", .meaning = "Where requests for sign-in are pushed (RFC 9126).", .example = "https://login.example.com/par"}),
    define<&model::oidc, &o::registration_endpoint>({.path = "oidc.registration_endpoint", .meaning = "Where `sekisho register` registers this client (RFC 7591). Not set: as the metadata says.", .example = "https://login.example.com/register"}),
    define<&model::oidc, &o::back_channel_url>({.path = "oidc.back_channel_url", .meaning = "Scheme, host and port for our own calls to the provider where they differ from those that browsers use, as inside a cluster; the names in tokens and documents stay the issuer's.", .example = "http://keycloak.identity.svc:8080"}),
    define<&model::oidc, &o::jwks_file>({.path = "oidc.jwks_file", .meaning = "A file with the provider's keys, a JWK set or PEM, for keys that do not change. Not set: `oidc.jwks_uri` or the discovery document says where they are.", .example = "/etc/sekisho/provider-keys.json"}),
    define<&model::oidc, &o::signed_jwks_uri>({.path = "oidc.signed_jwks_uri", .meaning = "Where the provider publishes its keys as a signed JWT. Not set: `signed_jwks_uri` of its metadata. Used only with `oidc.signed_jwks_keys`.", .example = "https://login.example.com/keys.jwt"}),
    define<&model::oidc, &o::signed_jwks_keys>({.path = "oidc.signed_jwks_keys", .meaning = "A file with the keys that sign the provider's set of keys, a JWK set or PEM. When it is set, only a signed set counts, whatever TLS says.", .example = "/etc/sekisho/trust.json"}),
    define<&model::oidc, &o::id_token_signature>({.path = "oidc.id_token_signature", .meaning = "`required`: the signature of every ID token is checked. `tls`: not that of one which comes from the token endpoint itself, over TLS, as OpenID Connect Core 3.1.3.7 allows; UserInfo is then asked always. For providers that publish no keys."}),
    define<&model::oidc, &o::proxy>({.path = "oidc.proxy", .meaning = "The HTTP proxy for our calls to the provider, with `user:password@` before its host where it wants that; `off`: none. Not set: the variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.", .example = "http://proxy.example.com:3128"}),
    define<&model::oidc, &o::metadata_timeout>({.path = "oidc.metadata_timeout", .meaning = "How long fetching the discovery document, or the keys, may take. Not set: `oidc.request_timeout`.", .example = "5s", .allowed = not_zero}),
    define<&model::oidc, &o::token_timeout>({.path = "oidc.token_timeout", .meaning = "How long the token endpoint may take. Not set: `oidc.request_timeout`.", .example = "5s", .allowed = not_zero}),
    define<&model::oidc, &o::userinfo_timeout>({.path = "oidc.userinfo_timeout", .meaning = "How long the UserInfo endpoint may take. Not set: `oidc.request_timeout`.", .example = "5s", .allowed = not_zero}),

    define<&model::oidc, &o::signing_key>({.path = "oidc.signing_key", .meaning = "A file with the private key that signs client assertions and requests for sign-in (`oidc.request_object`), PEM or JWK; or a directory of such files, which `sekisho key rotate` keeps. The public half is published at `server.jwks_path`.", .example = "/etc/sekisho/keys"}),
    define<&model::oidc, &o::signing_key_algorithm>({.path = "oidc.signing_key_algorithm", .meaning = "The algorithm we sign with, such as `PS256`. Not set: the usual one of the key.", .example = "PS256"}),
    define<&model::oidc, &o::signing_certificate>({.path = "oidc.signing_certificate", .meaning = "A PEM file with the certificate of `oidc.signing_key`; its thumbprint goes into the assertion as `x5t`, which Microsoft Entra ID wants.", .example = "/etc/sekisho/signing.crt"}),
    define<&model::oidc, &o::decryption_key>({.path = "oidc.decryption_key", .meaning = "A file with the private key that decrypts ID tokens, UserInfo answers and logout tokens, PEM or JWK; or a directory of such files, all of which decrypt. The public half of the newest is published at `server.jwks_path`. `sekisho key generate --alg RSA-OAEP-256` makes one.", .example = "/etc/sekisho/decryption.jwk"}),
    define<&model::oidc, &o::require_encryption>({.path = "oidc.require_encryption", .meaning = "Refuse ID tokens that are not encrypted. Needs `oidc.decryption_key`."}),
    define<&model::oidc, &o::dpop_key>({.path = "oidc.dpop_key", .meaning = "A file with the private key that tokens are bound to (DPoP, RFC 9449), PEM or JWK: a stolen token is of no use without it. `sekisho key generate` makes one. Not set: no DPoP.", .example = "/etc/sekisho/dpop.jwk"}),
    define<&model::oidc, &o::registration_token>({.path = "oidc.registration_token", .meaning = "The initial access token for `sekisho register`, where the provider wants one."}),
    define<&model::oidc, &o::assertion_file>({.path = "oidc.assertion_file", .meaning = "A file with a client assertion that somebody else writes, such as Kubernetes' projected token (RFC 7523). Read at each use.", .example = "/var/run/secrets/tokens/sekisho"}),
    define<&model::oidc, &o::assertion_audience>({.path = "oidc.assertion_audience", .meaning = "Whom a client assertion is made out to: `token_endpoint` or `issuer`."}),
    define<&model::oidc, &o::client_certificate>({.path = "oidc.client_certificate", .meaning = "A PEM file with the certificate, and its chain, that we show the provider (RFC 8705).", .example = "/etc/sekisho/client.crt"}),
    define<&model::oidc, &o::client_key>({.path = "oidc.client_key", .meaning = "A PEM file with the private key of `oidc.client_certificate`.", .example = "/etc/sekisho/client.key"}),
    define<&model::oidc, &o::token_origin>({.path = "oidc.token_origin", .meaning = "Whether calls to the token endpoint carry an `Origin`. Registrations as a single-page application need it, those as a web application refuse it. `auto`: as the provider has it."}),

    define<&model::oidc, &o::userinfo_token>({.path = "oidc.userinfo_token", .meaning = "How the access token goes to the UserInfo endpoint: in the `header`, in the `body` of a POST, or in the `query`, where logs may show it."}),
    define<&model::oidc, &o::claim_hosts>({.path = "oidc.claim_hosts", .meaning = "Hosts that distributed claims (OpenID Connect Core, 5.6.2) may be fetched from. Empty: none is fetched.", .example = "claims.example.com"}),
    define<&model::oidc, &o::trusted_audiences>({.path = "oidc.trusted_audiences", .meaning = "Further audiences that may stand beside the client id in a token's `aud`.", .example = "https://api.example.com"}),
    define<&model::oidc, &o::issuer_check>({.path = "oidc.issuer_check", .meaning = "`exact`: a token's issuer is the configured one, letter by letter. `tenant_template`: Microsoft Entra ID's `{tenantid}` is filled in with the token's tenant, which `oidc.tenants` must list."}),
    define<&model::oidc, &o::tenants>({.path = "oidc.tenants", .meaning = "Microsoft Entra ID: the ids of the tenants whose people are let in. Needed with `tenant_template`.", .example = "11111111-2222-3333-4444-555555555555"}),
    define<&model::oidc, &o::hosted_domains>({.path = "oidc.hosted_domains", .meaning = "Google: the Workspace domains whose people are let in; held against the token's `hd`. Empty: everybody with a Google account.", .example = "example.com"}),
    define<&model::oidc, &o::groups_from>({.path = "oidc.groups_from", .meaning = "Where groups come from that no token holds. `microsoft`: Graph, when there are too many for a token. `google`: the Admin SDK, at every sign-in. `github`: organisations and teams. `gitlab`: groups."}),
    define<&model::oidc, &o::api_url>({.path = "oidc.api_url", .meaning = "The address of Graph, the Admin SDK, GitHub or GitLab for `oidc.groups_from`. Not set: the public one.", .example = "https://github.example.com/api/v3"}),
    define<&model::oidc, &o::service_account>({.path = "oidc.service_account", .meaning = "Google: the file with the service account's key, which reads the groups.", .example = "/etc/sekisho/google.json"}),
    define<&model::oidc, &o::service_account_actor>({.path = "oidc.service_account_actor", .meaning = "Google: the e-mail address of the administrator for whom the service account acts.", .example = "admin@example.com"}),
    define<&model::oidc, &o::sign_out_landing>({.path = "oidc.sign_out_landing", .meaning = "Where the provider sends people back to after a sign-out: a path of ours, or an address exactly as it is registered there. Not set: `server.logout_path`, which says that they are signed out and takes them where the application wanted.", .example = "https://app.example.com"}),
    define<&model::oidc, &o::sign_out>({.path = "oidc.sign_out", .meaning = "How people are signed out at the provider. `auto`: `standard` when the provider has an address for it, PingFederate's own form where that is all it has. `standard`: RP-Initiated Logout. `cognito` and `auth0`: their own forms. `none`: only here."}),
    define<&model::oidc, &o::sign_out_hint>({.path = "oidc.sign_out_hint", .meaning = "When a sign-out by `standard` shows the provider the ID token, as a hint whom it is about. `while_valid`: not one that has expired, for providers that refuse the whole sign-out then. Never: `session.keep_id_token`."}),
    define<&model::oidc, &o::revoke_tokens>({.path = "oidc.revoke_tokens", .meaning = "Whether signing out takes the refresh and access token back at the provider (RFC 7009), where it has an address for that."}),
    define<&model::oidc, &o::session_lifetime>({.path = "oidc.session_lifetime", .meaning = "How long people who signed in at this provider stay signed in at most. Not set: `session.lifetime`.", .example = "8h", .allowed = not_zero}),
    define<&model::oidc, &o::session_idle_timeout>({.path = "oidc.session_idle_timeout", .meaning = "And without a request. Not set: `session.idle_timeout`; 0: as long as the session may last.", .example = "30m"}),

    define<&model::oidc, &o::user_claim>({.path = "oidc.user_claim", .meaning = "Where this provider differs from `identity.user_claim`. Empty: as there.", .example = "oid"}),
    define<&model::oidc, &o::username_claim>({.path = "oidc.username_claim", .meaning = "Where this provider differs from `identity.username_claim`.", .example = "preferred_username, upn"}),
    define<&model::oidc, &o::email_claim>({.path = "oidc.email_claim", .meaning = "Where this provider differs from `identity.email_claim`.", .example = "mail"}),
    define<&model::oidc, &o::name_claim>({.path = "oidc.name_claim", .meaning = "Where this provider differs from `identity.name_claim`.", .example = "displayName"}),
    define<&model::oidc, &o::groups_claim>({.path = "oidc.groups_claim", .meaning = "Where this provider differs from `identity.groups_claim`.", .example = "cognito:groups"}),
    define<&model::oidc, &o::roles_claim>({.path = "oidc.roles_claim", .meaning = "Where this provider differs from `identity.roles_claim`.", .example = "roles"}),
    define<&model::oidc, &o::picture_claim>({.path = "oidc.picture_claim", .meaning = "Where this provider differs from `identity.picture_claim`.", .example = "avatar_url"}),
    define<&model::oidc, &o::email_verified>({.path = "oidc.email_verified", .meaning = "Where this provider differs from `identity.email_verified`.", .example = "require"}),
    define<&model::oidc, &o::email_verified_text>({.path = "oidc.email_verified_text", .meaning = "Whether `email_verified` may also be the text `\"true\"`, as Amazon Cognito sends it. No other text and no number ever counts."}),
    define<&model::oidc, &o::group_paths>({.path = "oidc.group_paths", .meaning = "Where this provider differs from `identity.group_paths`.", .example = "last"}),

    define<&model::oidc, &o::label>({.path = "oidc.label", .meaning = "What the provider is called on the page where people choose one. Not set: its name.", .example = "Staff"}),
    define<&model::oidc, &o::label_ja>({.path = "oidc.label_ja", .meaning = "The same in Japanese. Not set: `oidc.label`.", .example = "職員"}),
    define<&model::oidc, &o::logo>({.path = "oidc.logo", .meaning = "The provider's picture on that page: a PNG, SVG, JPEG, GIF or WebP file. Not set: none.", .example = "/etc/sekisho/staff.svg"}),
    define<&model::oidc, &o::order>({.path = "oidc.order", .meaning = "The provider's place on that page; the smallest stands first."}),
    define<&model::oidc, &o::email_domains>({.path = "oidc.email_domains", .meaning = "Domains of e-mail addresses. People who type such an address sign in here and nowhere else, and nobody else's address is accepted from another provider.", .example = "example.com"}),
    define<&model::oidc, &o::hosts>({.path = "oidc.hosts", .meaning = "Requests for these hosts are signed in here, without a choice.", .example = "staff.example.com"}),
    define<&model::oidc, &o::paths>({.path = "oidc.paths", .meaning = "Requests for these paths are signed in here, without a choice; written as in `access.public_paths`.", .example = "/staff/*"}),
};
// clang-format on

} // namespace

std::span<const row> oidc_rows() { return rows; }

} // namespace sekisho::settings
