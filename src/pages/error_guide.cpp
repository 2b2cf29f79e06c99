// SPDX-License-Identifier: Apache-2.0
#include "pages/error_guide.hpp"

#include "pages/language.hpp"

#include <array>
#include <cstddef>

namespace sekisho::pages
{
namespace
{

constexpr std::array rows{
    guide_row{
        errc::oidc_login_error,
        "A step of the sign-in failed in a way that no other code names. The log line of the request says "
        "which.",
        "Look for the request ID in the log; `where` and `detail` name the step and what it found."
    },
    guide_row{
        errc::oidc_state_missing,
        "The callback was opened from a bookmark or the browser's history; the sign-in began in another "
        "browser or "
        "under another host name; the browser blocks cookies; `response_mode=form_post` over plain http on a "
        "host "
        "other than localhost, where browsers do not send the cookie; somebody tried a login CSRF.",
        "Make sure that people, the provider's redirect address and `server.public_url` use the same scheme "
        "and host. "
        "Use https. A single occurrence needs no action: signing in again works."
    },
    guide_row{
        errc::oidc_nonce_missing,
        "The provider does not copy `nonce` into the ID token, or the token belongs to another sign-in "
        "(replay).",
        "Check that the client is registered as an OpenID Connect client, not as a plain OAuth 2.0 one."
    },
    guide_row{
        errc::oidc_metadata_fetch_failure,
        "The provider is down; DNS, firewall or egress proxy; a certificate that is not trusted; "
        "`oidc.issuer` is "
        "mistyped; the document's `issuer` is not `oidc.issuer`, character for character.",
        "Run `sekisho check`: it fetches the document and shows the difference. Set `oidc.ca_file` for a "
        "private "
        "authority. Sign-in recovers by itself as soon as the document can be fetched."
    },
    guide_row{
        errc::oidc_received_no_code_or_token_failure,
        "The registered client does not allow the response type in use; the provider answers in a fragment; "
        "the "
        "callback address was opened by hand.",
        "For `oidc.auth_method` `pkce` and `code` allow the authorization code grant, for `implicit` allow "
        "ID tokens "
        "with `form_post` in the provider's registration."
    },
    guide_row{
        errc::oidc_code_exchange_failure,
        "Wrong or expired client secret; the client authentication method is not the registered one; the "
        "redirect "
        "address differs; the code was used twice or is too old; the token endpoint is down or unreachable.",
        "The log's `detail` has the provider's own error: `invalid_client` means the secret, the key or "
        "`oidc.client_authentication`, `invalid_grant` the code or the redirect address. Run `sekisho check`."
    },
    guide_row{
        errc::oidc_code_exchange_token_missing,
        "The provider answered as a plain OAuth 2.0 server: scope `openid` is not requested or not allowed.",
        "Keep `openid` in `oidc.scopes` and allow it in the provider's registration."
    },
    guide_row{
        errc::oidc_generic_token_failure,
        "Signature, `aud`, `exp`, `iat` or another claim of the ID token is wrong: clocks differ, the client "
        "ID is "
        "another one, the provider signs with an algorithm that is not allowed, or the token is forged.",
        "The log's `detail` names the claim. Compare the clocks (`sekisho check` measures the difference; "
        "`oidc.clock_skew`), `oidc.client_id` and `oidc.signing_algorithms`."
    },
    guide_row{
        errc::oidc_missing_email_claim,
        "`identity.require_email` is on and none of the claims in `identity.email_claim` is there: scope "
        "`email` "
        "missing, the account has no address, or the provider puts it elsewhere (`upn`, `mail`).",
        "Add `email` to `oidc.scopes`, list further claims in `identity.email_claim`, set `oidc.userinfo` to "
        "`always`, "
        "or turn `identity.require_email` off."
    },
    guide_row{
        errc::oidc_auth_error,
        "The provider sent an error to the callback, or refused the request that was pushed to it "
        "(`oidc.pushed_authorization`), such as `invalid_scope`, `unauthorized_client` or `server_error`.",
        "The log's `detail` has the provider's error and description. Compare scopes, redirect address and "
        "response "
        "type with the provider's registration."
    },
    guide_row{
        errc::oidc_access_denied,
        "The person cancelled or refused consent, or a policy of the provider does not assign them to this "
        "client.",
        "Assign the person or their group to the client at the provider."
    },
    guide_row{
        errc::oidc_provider_unavailable,
        "The provider answered `temporarily_unavailable`, or nothing to the request that was pushed to it.",
        "Nothing to change here; look at the provider's status."
    },
    guide_row{
        errc::oidc_interaction_required,
        "The provider answered `login_required`, `consent_required`, `interaction_required` or "
        "`account_selection_required`, usually because `oidc.prompt` is `none`.",
        "Remove `none` from `oidc.prompt`, or grant consent for everybody at the provider."
    },
    guide_row{
        errc::oidc_parameter_duplicated,
        "A parameter of the callback occurs twice: a proxy in front rewrites the query, or an attack by "
        "parameter "
        "pollution.",
        "Check that nothing in front changes the query of the callback path."
    },
    guide_row{
        errc::oidc_issuer_mismatch,
        "`iss` of the callback or of the ID token is not `oidc.issuer`: a trailing slash, another tenant, "
        "Entra's "
        "`common` endpoint, or a mix-up attack.",
        "Copy the `issuer` of the provider's discovery document to `oidc.issuer`; `sekisho check` shows both."
    },
    guide_row{
        errc::oidc_key_fetch_failure,
        "The address in `jwks_uri` cannot be reached, answers no JSON, or holds no key of a usable kind and "
        "size.",
        "Run `sekisho check`: it lists the keys and why any was skipped."
    },
    guide_row{
        errc::oidc_sign_in_expired,
        "The person took longer than `session.sign_in_timeout`, often over night or with a second factor.",
        "Raise `session.sign_in_timeout` if people need longer."
    },
    guide_row{
        errc::oidc_userinfo_failure,
        "The UserInfo endpoint failed, answered no JSON, or its `sub` is not that of the ID token.",
        "Set `oidc.userinfo` to `never` if the ID token has all claims; otherwise look at the log's `detail`."
    },
    guide_row{
        errc::oidc_missing_user_claim,
        "None of the claims in `identity.user_claim` is there, or it is empty.",
        "Point `identity.user_claim` to a claim the provider sends; `sub` is always there."
    },
    guide_row{
        errc::oidc_email_unverified,
        "`email_verified` is false, is missing while `identity.email_verified` is `require`, or is not a "
        "boolean.",
        "Verify the address at the provider, or relax `identity.email_verified` if the provider is the "
        "authority for "
        "the address."
    },
    guide_row{
        errc::oidc_identity_unusable,
        "A claim is not a text or not a list of texts, is blank, too long, or contains control or invisible "
        "characters; a person has more groups than a session carries; no user name that "
        "`identity.username_rules` allows is left; an entry looks into an access token that cannot be read.",
        "The log's `detail` names the claim; correct it at the provider, choose another one in `identity.*`, "
        "or keep fewer groups with `identity.groups_include`."
    },
    guide_row{
        errc::oidc_directory_failure,
        "Microsoft Graph, Google's Admin SDK, GitHub or GitLab could not be asked for groups or for the "
        "person: a "
        "permission or scope is missing, the access token is for another API, a rate limit, an outage. "
        "Nobody is "
        "let in with \"no groups\" instead.",
        "The log's `detail` names the address, the status and what to grant; the provider's guide in "
        "docs/providers has the steps."
    },
    guide_row{
        errc::oidc_provider_unknown,
        "A link has `idp=` with a name that is not configured or that `hosts` keeps for another host; the "
        "address belongs to another provider than the link names; a third-party link to "
        "`server.initiate_path` has an `iss` that is no configured issuer, letter by letter; no provider is "
        "for the host of the request.",
        "The log's `detail` has the name or the issuer that was received. Correct the link, or "
        "`providers.<name>.hosts`."
    },
    guide_row{
        errc::oidc_target_refused,
        "`target_link_uri` at `server.initiate_path` is not an address of the host that was asked. Nobody is "
        "sent to another site.",
        "Correct the link at the provider or portal; people reach several hosts with one link each. The "
        "log's `detail` has the host that was expected."
    },
    guide_row{
        errc::oidc_email_domain_refused,
        "The provider has `email_domains` and the person's address is of another domain, or the provider "
        "sent none. A subdomain is another domain; a domain in another script counts in its ASCII form "
        "(`xn--…`) only.",
        "Add the domain to `email_domains` of this provider, release the e-mail claim there, or let the "
        "person use another provider."
    },
    guide_row{
        errc::oidc_email_domain_elsewhere,
        "The e-mail address, the user name or the user id is an address of a domain in `email_domains` of "
        "another provider, so that nobody else can speak for those people. A domain that is not in ASCII "
        "might be anybody's and is refused too.",
        "The person signs in at the provider that has the domain. If both providers may speak for it, take "
        "it off `email_domains`."
    },
    guide_row{
        errc::oidc_step_up_unmet,
        "The path's rule in `access.step_up` demands an `acr` that the ID token does not have, or an "
        "`auth_time` that is too old or missing: the provider does not know the `acr` value, has no second "
        "factor for this person, ignores `max_age`, or `access.step_up` names the value otherwise than the "
        "provider does. Or it demands a scope that was not granted: the client may not ask for it, the "
        "person "
        "did not agree, or the provider's answer names it otherwise.",
        "Compare the rule with `acr_values_supported` and `scopes_supported` of the provider's metadata "
        "(`sekisho check`) and with what the client is allowed there; the "
        "log's `detail` has what was demanded and what came back."
    },
    guide_row{
        errc::step_up_required,
        "A program, a script or a form asked for a path with a rule in `access.step_up`; only pages that a "
        "person opens are sent to the provider. The answer's `WWW-Authenticate` says what is missing (RFC "
        "9470, RFC 6750).",
        "Open a page below the path in the browser first. Leave paths that programs use out of "
        "`access.step_up`."
    },
    guide_row{
        errc::oidc_account_not_allowed,
        "Somebody signed in with an account of another organisation: of an Entra tenant that is not in "
        "`oidc.tenants`, of a Google domain that is not in `oidc.hosted_domains`, or a personal account.",
        "Nothing, if that is meant. Otherwise add the tenant or the domain that the log's `detail` names."
    },
    guide_row{
        errc::oidc_refresh_refused,
        "The refresh token is used up, revoked or expired (`invalid_grant`), the account is disabled or "
        "gone, "
        "the person signed out at the provider, or the renewed ID token is about somebody else. The session "
        "ends.",
        "Nothing, if that is meant. If it happens to many at once, look at the provider's limits for refresh "
        "tokens (idle time, rotation, reuse detection) and whether every replica shares `redis.url`."
    },
    guide_row{
        errc::oidc_refresh_failure,
        "The token endpoint cannot be reached, answers 5xx or 429, or refuses the client itself: the secret "
        "or certificate has expired, or the grant `refresh_token` is not allowed. Nobody is thrown out for "
        "it; `session.on_refresh_failure` says what happens when the tokens have ended.",
        "The log's `detail` has the provider's error. Correct the client's registration, or wait for the "
        "provider; it is tried again by itself."
    },
    guide_row{
        errc::oidc_revocation_failure,
        "The revocation endpoint cannot be reached, refuses the client, or does not revoke tokens of this "
        "kind (`unsupported_token_type`). The session has ended here in any case.",
        "The log's `detail` has the provider's error. Set `oidc.revoke_tokens` to false if the provider "
        "revokes nothing."
    },
    guide_row{
        errc::provider_sign_in_off,
        "`local.restore` is on, so that nobody signs in at the provider: a sign-in that had begun before "
        "came "
        "back, or a link of a portal was opened.",
        "Turn `local.restore` off and reload as soon as sign-in is repaired; docs/emergency-access.md."
    },
    guide_row{
        errc::local_sign_in_refused,
        "The password is not the one that this process wrote to its log when it started (each replica and "
        "each "
        "start has another one), cookies are blocked, or the page was open for more than ten minutes.",
        "Look for `local_restore.password` in the newest log of the process that answers. Many of these "
        "lines: "
        "somebody tries."
    },
    guide_row{
        errc::emergency_refused,
        "An unknown passkey, a wrong password or code, a code that was used before, an invitation that is "
        "used "
        "up or older than 24 hours, a passkey whose counter did not grow (it may have been copied), or an "
        "address other than `server.public_url`.",
        "The log's `where` and `detail` name the check. `sekisho emergency list` shows who is registered; "
        "`sekisho emergency invite NAME` makes another invitation."
    },
    guide_row{
        errc::emergency_unavailable,
        "`emergency.file` is missing, is no file of `sekisho emergency`, may not be read, or lies on a file "
        "system that cannot be written: counters, used codes and new passkeys must be kept.",
        "The log's `detail` has the system's reason. Give the user that sekisho runs as the right to write "
        "the file and its directory."
    },
    guide_row{
        errc::too_many_attempts,
        "Five sign-ins failed within a minute from one address, or too many from all addresses together.",
        "Wait for a minute. The log lines `refused` before have the addresses; block them further in front."
    },
    guide_row{
        errc::sign_in_loop,
        "Four sign-ins were completed within a minute, and no request after them had the session. The page "
        "and "
        "`detail` in the log name the cause that was found: the browser did not keep the cookie (Secure over "
        "http, a `session.cookie_domain` that the host does not belong to, too many cookies), another "
        "replica "
        "does not know the session or cannot open it, or it ended at once.",
        "Do what `detail` says: one `session.secret` and one store for all replicas, a `server.public_url` "
        "with "
        "the scheme and host that people use, a `session.cookie_domain` above that host or none, clocks that "
        "agree, longer limits."
    },
    guide_row{
        errc::form_not_sent,
        "A form met no session and was larger than `session.keep_form`, had files, was no form of this site, "
        "or "
        "the store was down or full. `detail` says which.",
        "Usual once in a while. Raise `session.keep_form` or the limits of sessions where people write for "
        "long."
    },
    guide_row{
        errc::session_required,
        "Nobody is signed in, the session ended, or a program called without one.",
        "Usual. Programs need a path in `access.public_paths` or credentials the application itself checks."
    },
    guide_row{
        errc::session_too_large,
        "More claims (usually groups) than fit into eight cookies; the log line has the size.",
        "Let the provider send fewer groups, set `session.keep_id_token` to `never`, or remove claims from "
        "`identity.extra_headers`."
    },
    guide_row{
        errc::session_store_unavailable,
        "Redis is not running, cannot be reached from here, or refuses what the gate asks of it; the log "
        "line's "
        "`detail` says which. Sessions are not lost by it, unless Redis itself lost them.",
        "Look at Redis and at the settings of `redis`; the gate finds it again by itself. "
        "`session.stale_while_down` lets people go on reading meanwhile."
    },
    guide_row{
        errc::session_limit_reached,
        "The person has `session.max_per_person` sessions in use, in other browsers or on other devices, and "
        "`session.when_too_many` is `refuse`.",
        "Nothing, if that is meant: one of the others is signed out, runs into its limit, or is ended by an "
        "administrator with `sekisho session`. Otherwise raise the number, or set `session.when_too_many` to "
        "`end_oldest`."
    },
    guide_row{
        errc::form_gone,
        "The page that sends a kept form again was opened twice, after `session.sign_in_timeout`, in another "
        "browser, or after another person had signed in; then the form is dropped.",
        "Nothing. When it happens to everybody at once, replicas do not share `redis.url` or "
        "`session.secret`."
    },
    guide_row{
        errc::access_denied,
        "A rule refuses this person or this request; somebody opened `server.test_path` without being among "
        "`admin.users` or `admin.groups`, or with a ticket that has expired or was made with another "
        "`session.secret`.",
        "The log line names the rule. Change the rule or the person's groups. `sekisho check` prints a new "
        "ticket."
    },
    guide_row{
        errc::cross_site_refused,
        "A form or script of another site sent a request that would change something here (CSRF).",
        "Nothing, unless that site is yours: then send the form from the same site."
    },
    guide_row{
        errc::request_malformed,
        "Broken client, scanner, or something between that damages requests.",
        "The log's `detail` says what is wrong with the request."
    },
    guide_row{
        errc::request_target_ambiguous,
        "The target contains an encoded slash or backslash, dot segments, a NUL or a fragment.",
        "If the application needs `%2F` in paths, set `server.encoded_slash` to `keep`."
    },
    guide_row{
        errc::request_head_too_large,
        "Too many or too large cookies of other applications on the same domain, or a very long address.",
        "Raise `server.max_head_bytes`, or move the applications to host names of their own."
    },
    guide_row{
        errc::request_body_too_large,
        "The body exceeds `server.max_body_bytes`, or 64 KiB at the callback.",
        "Raise `server.max_body_bytes`."
    },
    guide_row{
        errc::request_timeout,
        "Slow connection, or a client that holds connections open on purpose.",
        "Raise `server.head_timeout` or `server.body_timeout` if honest clients are hit."
    },
    guide_row{
        errc::request_host_unknown,
        "The `Host` is neither that of `server.public_url` nor in `server.allowed_hosts`.",
        "Add the name to `server.allowed_hosts`, or correct what sends people here."
    },
    guide_row{
        errc::request_method_not_allowed,
        "One of the gate's own addresses was called with a method it does not take.",
        "If the application uses that path itself, move ours with `server.callback_path`, `login_path`, "
        "`session_path` or `logout_path`."
    },
    guide_row{errc::not_found, "An address of the gate's own that does not exist.", "Correct the address."},
    guide_row{
        errc::too_many_connections,
        "`server.max_connections` is reached.",
        "Raise it, add replicas, or look for a client that keeps opening connections."
    },
    guide_row{
        errc::websocket_origin_refused,
        "`Origin` of the WebSocket handshake is not this host.",
        "Open the application under the host name of `server.public_url`; add further ones to "
        "`server.allowed_hosts`."
    },
    guide_row{
        errc::client_gone,
        "The person closed the page or went elsewhere; nobody sees this answer.",
        "Nothing."
    },
    guide_row{
        errc::upstream_unreachable,
        "The application is not running, or `upstream.url` points elsewhere.",
        "Start the application; check `upstream.url`, name resolution, and for https `upstream.ca_file`."
    },
    guide_row{
        errc::upstream_timeout,
        "The application is slow or stuck.",
        "Look at the application; raise `upstream.response_timeout` if it honestly needs longer."
    },
    guide_row{
        errc::upstream_protocol_error,
        "The application's answer is not HTTP/1.1, contradicts itself, or broke off; https and http mixed "
        "up.",
        "Check the scheme and port of `upstream.url`; the log's `detail` says what was wrong."
    },
    guide_row{
        errc::identity_header_unsafe,
        "A claim holds CR, LF or NUL, which could forge headers.",
        "Correct the claim at the provider."
    },
    guide_row{
        errc::shutting_down,
        "The gate was told to stop.",
        "Nothing; another replica or the next start answers."
    },
    guide_row{
        errc::internal_error, "A defect of sekisho.", "Report it with the log lines of the request ID."
    },
};

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t index = 0; index < rows.size(); ++index)
        if (rows[index].code != static_cast<errc>(index))
            return false;
    return rows.size() == static_cast<std::size_t>(errc::value_malformed);
}
static_assert(rows_follow_the_enumeration());

} // namespace

const guide_row& guide(errc code, language in)
{
    if (in == language::ja)
        return japanese_guide()[static_cast<std::size_t>(is_shown(code) ? code : errc::internal_error)];
    return rows[static_cast<std::size_t>(is_shown(code) ? code : errc::internal_error)];
}

} // namespace sekisho::pages
