// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person reads about the ten codes people know from other products.

#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array protocol_words_en{
    error_words{
        errc::oidc_login_error,
        "You could not be signed in",
        "Something went wrong while you were being signed in.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_state_missing,
        "This sign-in was not started here",
        "Your browser does not remember starting this sign-in. That happens when the sign-in page was opened "
        "from a bookmark, with the back button or in another browser, or when cookies are blocked.",
        "Sign in again from here. If it keeps happening, allow cookies for this site."
    },
    error_words{
        errc::oidc_nonce_missing,
        "The sign-in could not be confirmed",
        "The answer from your identity provider does not belong to the sign-in you started, so it was not "
        "used.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_metadata_fetch_failure,
        "Sign-in is not available right now",
        "The identity provider, where you would sign in, cannot be reached at the moment.",
        "Wait a minute, then sign in again. Nothing you did caused this."
    },
    error_words{
        errc::oidc_received_no_code_or_token_failure,
        "The sign-in came back empty",
        "Your identity provider sent you back without confirming who you are.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_code_exchange_failure,
        "The sign-in could not be completed",
        "You came back from your identity provider, but it did not confirm your sign-in to us.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_code_exchange_token_missing,
        "The sign-in could not be completed",
        "Your identity provider confirmed the sign-in, but did not say who you are.",
        "Tell your administrator the request ID below; the setup needs to be corrected."
    },
    error_words{
        errc::oidc_generic_token_failure,
        "The sign-in could not be verified",
        "The proof of identity from your identity provider did not pass our checks, so it was not used.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
    error_words{
        errc::oidc_missing_email_claim,
        "Your e-mail address is missing",
        "You signed in, but your identity provider did not tell us your e-mail address, and this application "
        "needs it.",
        "Check that your account has an e-mail address and that you agreed to share it, or ask your "
        "administrator."
    },
    error_words{
        errc::oidc_auth_error,
        "Your identity provider reported a problem",
        "Your identity provider ended the sign-in with an error.",
        "Sign in again. If it fails once more, tell your administrator the request ID below."
    },
};

} // namespace sekisho::pages
