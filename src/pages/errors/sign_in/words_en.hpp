// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person reads about signing in at a provider.

#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array sign_in_words_en{
    error_words{
        errc::oidc_access_denied,
        "Your identity provider did not let you in",
        "The sign-in was cancelled, or your account is not allowed to use this application.",
        "If you cancelled by mistake, sign in again. Otherwise ask your administrator for access."
    },
    error_words{
        errc::oidc_provider_unavailable,
        "Your identity provider is busy",
        "Your identity provider says that it cannot sign anyone in at the moment.",
        "Wait a minute, then sign in again."
    },
    error_words{
        errc::oidc_interaction_required,
        "Your identity provider needs you",
        "Your identity provider has a question for you before it can sign you in.",
        "Sign in again and answer what it asks."
    },
    error_words{
        errc::oidc_parameter_duplicated,
        "The sign-in answer was not clear",
        "The answer to your sign-in says the same thing twice, which it never should, so it was not used.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_issuer_mismatch,
        "The answer came from somewhere else",
        "The answer to your sign-in names an identity provider other than the one we trust, so it was not "
        "used.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_key_fetch_failure,
        "The sign-in cannot be verified right now",
        "We could not get what we need from your identity provider to check your proof of identity.",
        "Wait a minute, then sign in again. Nothing you did caused this."
    },
    error_words{
        errc::oidc_sign_in_expired,
        "The sign-in took too long",
        "A sign-in has to be finished within a few minutes, and this one was not.",
        "Start again; you may not have to type your password a second time."
    },
    error_words{
        errc::oidc_userinfo_failure,
        "Your details could not be read",
        "You signed in, but your identity provider did not give us the details of your account.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_missing_user_claim,
        "Your user name is missing",
        "You signed in, but your identity provider did not tell us the name this application knows you by.",
        "Ask your administrator; your account or the setup needs to be completed."
    },
    error_words{
        errc::oidc_email_unverified,
        "Your e-mail address is not verified",
        "You signed in, but your identity provider does not confirm that the e-mail address is yours.",
        "Verify your address at your identity provider, then sign in again."
    },
    error_words{
        errc::oidc_identity_unusable,
        "Your account cannot be used here",
        "You signed in, but something in your account has a form that this application cannot take safely.",
        "Tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_directory_failure,
        "Your account could not be looked up",
        "You signed in, but your identity provider did not tell us who you are or which groups you belong "
        "to.",
        "Wait a minute, then sign in again. If it fails once more, tell your administrator the request ID "
        "below."
    },
    error_words{
        errc::oidc_provider_unknown,
        "This way to sign in does not exist",
        "The link you followed names an identity provider that is not used here.",
        "Sign in again and choose from what is offered. If you followed a link, tell whoever gave it to you."
    },
    error_words{
        errc::oidc_target_refused,
        "The link leads somewhere else",
        "A link asked for you to be signed in here and then sent to another address, so it was stopped.",
        "Open the application directly. If you trust the link, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_email_domain_refused,
        "This account is not for here",
        "You signed in, but this identity provider is only for people with an e-mail address of certain "
        "organizations.",
        "Sign in again with your account of that organization, or choose another way to sign in."
    },
    error_words{
        errc::oidc_email_domain_elsewhere,
        "Please sign in with your organization",
        "You signed in, but people with your e-mail address sign in at another identity provider here.",
        "Sign in again and enter your e-mail address, or choose your organization."
    },
    error_words{
        errc::oidc_step_up_unmet,
        "A stronger sign-in is needed",
        "This page asks for a second factor, for a password entered just now or for a further permission, "
        "and your identity provider did not confirm that.",
        "Try again: use the second factor that your administrator set up, and agree to what you are asked "
        "for. You are still signed in everywhere else."
    },
    error_words{
        errc::step_up_required,
        "Please confirm that it is you",
        "This page asks for a stronger or more recent sign-in than yours.",
        "Sign in again to continue."
    },
    error_words{
        errc::oidc_account_not_allowed,
        "This account is not let in",
        "You signed in, but with an account of an organisation that this application is not open to.",
        "Sign in again and choose the account of your organisation."
    },
    error_words{
        errc::oidc_refresh_refused,
        "Please sign in again",
        "Your identity provider has ended your sign-in.",
        "Sign in again to continue."
    },
    error_words{
        errc::oidc_refresh_failure,
        "Your sign-in could not be renewed",
        "Your identity provider does not answer at the moment.",
        "Wait a minute, then open the page again. If it fails once more, tell your administrator the request "
        "ID below."
    },
    error_words{
        errc::oidc_revocation_failure,
        "Your identity provider was not told",
        "You are signed out here, but your identity provider did not take back what it gave us.",
        "You need not do anything. If you want to be sure, sign out at your identity provider too."
    },
};

} // namespace sekisho::pages
