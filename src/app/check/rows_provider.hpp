// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rows of what `sekisho check` finds at a provider, in the order of the enumeration; app/check/finding puts
// them into the table.

#include "app/check/finding.hpp"

#include <array>

namespace sekisho::app::rows
{

using enum check_code;
using enum check_level;

inline constexpr std::array of_providers{
    check_row{provider_preset, "provider.preset", ok, "", ""},
    check_row{provider_profile, "provider.profile", ok, "", ""},
    check_row{
        provider_profile_unmet,
        "provider.profile_unmet",
        problem,
        "The provider's own document says that it does not keep the profile, so nobody can sign in.",
        "Switch it on for this client at the provider, or sign in without oidc.profile."
    },
    check_row{
        provider_without_discovery,
        "provider.without_discovery",
        note,
        "Discovery is off: nothing that the provider could announce is compared with what is needed here.",
        ""
    },
    check_row{
        provider_unreachable,
        "provider.unreachable",
        problem,
        "Nobody can sign in. People with a session go on; the gate keeps asking and recovers by itself.",
        "Look at oidc.issuer, the name server and the firewall between here and the provider. If TLS fails "
        "because "
        "of an authority of your own, give its certificate in oidc.ca_file."
    },
    check_row{
        provider_discovery_refused,
        "provider.discovery_refused",
        problem,
        "There is something at that address, but no discovery document, so nobody can sign in.",
        "Copy the issuer from the provider's own pages into oidc.issuer, with its whole path (Okta: "
        "/oauth2/default, Entra: /TENANT/v2.0, Keycloak: /realms/REALM, Logto: /oidc)."
    },
    check_row{
        provider_discovery_unusable,
        "provider.discovery_unusable",
        problem,
        "The answer is no discovery document that a sign-in could be built on.",
        "Open the address in a browser: a page there means that oidc.issuer is not an OpenID issuer."
    },
    check_row{provider_discovery, "provider.discovery", ok, "", ""},
    check_row{provider_issuer, "provider.issuer", ok, "", ""},
    check_row{
        provider_issuer_mismatch,
        "provider.issuer_mismatch",
        problem,
        "Tokens name their issuer and it must be the configured one, byte for byte; so nobody can sign in.",
        "If the received one is your provider, write exactly that into oidc.issuer. If it has another host, "
        "give "
        "the provider its public address (Keycloak: KC_HOSTNAME)."
    },
    check_row{
        provider_issuer_spelling,
        "provider.issuer_spelling",
        note,
        "oidc.issuer is spelled differently, but names this issuer for certain.",
        "Write it as the provider does, and the question does not come up again."
    },
    check_row{provider_clock, "provider.clock", ok, "", ""},
    check_row{
        provider_clock_unknown,
        "provider.clock_unknown",
        note,
        "The difference of the clocks could not be measured.",
        ""
    },
    check_row{
        provider_clock_off,
        "provider.clock_off",
        warning,
        "Still within oidc.clock_skew, but clocks that differ go on to drift.",
        "Let this machine's clock be set by NTP."
    },
    check_row{
        provider_clock_wrong,
        "provider.clock_wrong",
        problem,
        "More than oidc.clock_skew allows: fresh ID tokens look expired or from the future and are refused.",
        "Let this machine's clock be set by NTP. A larger oidc.clock_skew only hides it."
    },
    check_row{provider_announces, "provider.announces", ok, "", ""},
    check_row{
        provider_not_announced,
        "provider.not_announced",
        warning,
        "This configuration uses it. Lists of real providers are incomplete, so it may work all the same.",
        "Try a sign-in. If the provider refuses, choose another value, or allow this one for the client "
        "there."
    },
    check_row{provider_client_authentication, "provider.client_authentication", ok, "", ""},
    check_row{
        provider_client_authentication_unknown,
        "provider.client_authentication_unknown",
        problem,
        "The gate does not know how to show its client secret, so no code can be exchanged.",
        "Let the client use client_secret_basic or client_secret_post at the provider, or set "
        "oidc.client_authentication."
    },
    check_row{
        provider_public_client_not_announced,
        "provider.public_client_not_announced",
        note,
        "Several providers take public clients without saying so.",
        "Make sure that the client is a public one there (single-page or native application), or set "
        "oidc.client_secret."
    },
    check_row{
        provider_algorithms_unsupported,
        "provider.algorithms_unsupported",
        problem,
        "Every ID token would be refused.",
        "Add the provider's algorithm to oidc.signing_algorithms, or let the client's ID tokens be signed "
        "with "
        "RS256 there."
    },
    check_row{provider_pushed_requests, "provider.pushed_requests", ok, "", ""},
    check_row{
        provider_pushed_requests_impossible,
        "provider.pushed_requests_impossible",
        problem,
        "Requests for sign-in are to be pushed to the provider and nothing says where, so nobody can sign "
        "in.",
        "Set oidc.pushed_authorization_request_endpoint, or oidc.pushed_authorization to auto."
    },
    check_row{
        provider_pushed_requests_missing,
        "provider.pushed_requests_missing",
        problem,
        "The provider takes no request for sign-in that was not pushed to it, so nobody can sign in.",
        "Set oidc.pushed_authorization to auto."
    },
    check_row{
        provider_request_objects_missing,
        "provider.request_objects_missing",
        problem,
        "The provider takes no request for sign-in that is not signed, so nobody can sign in.",
        "Set oidc.signing_key and oidc.request_object to signed, and let the provider know our keys "
        "(server.jwks_path)."
    },
    check_row{provider_request_encryption, "provider.request_encryption", ok, "", ""},
    check_row{
        provider_request_encryption_impossible,
        "provider.request_encryption_impossible",
        problem,
        "Requests for sign-in are to be encrypted to the provider and cannot be, so nobody can sign in.",
        "Let the provider publish a key for encryption (use \"enc\") and an algorithm that is listed here, "
        "or "
        "set oidc.request_object to signed."
    },
    check_row{provider_dpop, "provider.dpop", ok, "", ""},
    check_row{
        provider_dpop_not_announced,
        "provider.dpop_not_announced",
        warning,
        "Access tokens that are not bound to our key are refused, so if the provider binds none nobody can "
        "sign in.",
        "Try a sign-in. If it ends with \"token_type is Bearer\", let the provider bind this client's "
        "tokens, "
        "or take oidc.dpop_key out."
    },
    check_row{
        provider_dpop_unsupported,
        "provider.dpop_unsupported",
        problem,
        "The provider takes no proof that this key can make, so nobody can sign in.",
        "Make another key with `sekisho key generate --alg` and an algorithm that the provider lists, and "
        "name "
        "it in oidc.dpop_key."
    },
    check_row{
        provider_userinfo_missing,
        "provider.userinfo_missing",
        problem,
        "oidc.userinfo is always, or oidc.id_token_signature is tls, so every sign-in would fail.",
        "Set oidc.userinfo_endpoint, or oidc.userinfo to auto or never."
    },
    check_row{provider_sign_out, "provider.sign_out", ok, "", ""},
    check_row{
        provider_no_sign_out,
        "provider.no_sign_out",
        note,
        "Signing out ends the session here; the one at the provider stays, and the next sign-in may need no "
        "password.",
        "Where that matters set oidc.prompt to login or select_account."
    },
    check_row{provider_renewal, "provider.renewal", ok, "", ""},
    check_row{
        provider_renewal_off,
        "provider.renewal_off",
        note,
        "Claims and groups stay as they were at the sign-in.",
        "Set session.refresh to true, unless that is meant."
    },
    check_row{
        provider_renewal_unasked,
        "provider.renewal_unasked",
        note,
        "As it is none is asked for: claims and groups stay as they were at the sign-in. People may be shown "
        "a "
        "page of consent once it is.",
        "Set it as it stands here, and allow the client refresh tokens at the provider; or set "
        "session.silent_sign_in to true."
    },
    check_row{
        provider_renewal_not_announced,
        "provider.renewal_not_announced",
        note,
        "If none comes, claims and groups stay as they were at the sign-in.",
        "Set session.silent_sign_in to true, which asks again when the access token has ended, or "
        "session.lifetime to how old groups may be."
    },
    check_row{
        provider_renewal_impossible,
        "provider.renewal_impossible",
        note,
        "Claims and groups stay as they were at the sign-in.",
        "Set session.lifetime to how old they may be."
    },
    check_row{provider_keys, "provider.keys", ok, "", ""},
    check_row{
        provider_keys_unused,
        "provider.keys_unused",
        note,
        "ID tokens are verified with the client secret alone.",
        ""
    },
    check_row{
        provider_signature_believed,
        "provider.signature_believed",
        note,
        "The signature of ID tokens is not checked: they are believed because the token endpoint gives them "
        "over TLS, and UserInfo is asked who it is each time. Back-channel logout does not work, and signed "
        "UserInfo answers are refused.",
        "Where the provider can publish keys let it, and set oidc.id_token_signature to required."
    },
    check_row{
        provider_signature_needless,
        "provider.signature_needless",
        warning,
        "The provider publishes keys, and oidc.id_token_signature is tls: they are not used, so signatures "
        "are not checked and back-channel logout does not work.",
        "Set oidc.id_token_signature to required."
    },
    check_row{
        provider_keys_failed,
        "provider.keys_failed",
        problem,
        "Without the provider's keys no ID token can be verified, so nobody can sign in.",
        "Open the provider's jwks_uri from this machine."
    },
    check_row{
        provider_keys_unfit,
        "provider.keys_unfit",
        problem,
        "No ID token that the provider can sign would be accepted.",
        "Bring oidc.signing_algorithms and the provider's keys together; not set, it accepts every "
        "asymmetric one."
    },
    check_row{
        provider_key_skipped,
        "provider.key_skipped",
        note,
        "Only ID tokens signed with this key would be refused.",
        ""
    },
};

} // namespace sekisho::app::rows
