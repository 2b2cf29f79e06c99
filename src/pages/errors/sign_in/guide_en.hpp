// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about signing in at a provider.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array sign_in_guide_en{
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
        "parameter pollution.",
        "Check that nothing in front changes the query of the callback path."
    },
    guide_row{
        errc::oidc_issuer_mismatch,
        "`iss` of the callback or of the ID token is not `oidc.issuer`: a trailing slash, another tenant, "
        "Entra's `common` endpoint, or a mix-up attack.",
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
        "authority for the address."
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
        "person: a permission or scope is missing, the access token is for another API, a rate limit, an "
        "outage. Nobody is let in with \"no groups\" instead.",
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
        "person did not agree, or the provider's answer names it otherwise.",
        "Compare the rule with `acr_values_supported` and `scopes_supported` of the provider's metadata "
        "(`sekisho check`) and with what the client is allowed there; the log's `detail` has what was "
        "demanded and what came back."
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
        "gone, the person signed out at the provider, or the renewed ID token is about somebody else. The "
        "session ends.",
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
};

} // namespace sekisho::pages
