// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person reads about the ways in beside the provider, sessions and permission.

#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array session_words_en{
    error_words{
        errc::provider_sign_in_off,
        "The usual sign-in is switched off",
        "Your administrator is repairing the sign-in, so your identity provider is not asked at the moment.",
        "Wait until your administrator says that it works again. Nothing you did caused this."
    },
    error_words{
        errc::local_sign_in_refused,
        "That did not let you in",
        "The temporary password was wrong, or the page was open for too long.",
        "Open the page again and type the password that stands in the log."
    },
    error_words{
        errc::emergency_refused,
        "The emergency sign-in did not work",
        "What you showed could not be confirmed, so you were not let in.",
        "Try once more with the passkey, or the password and code, that you registered here."
    },
    error_words{
        errc::emergency_unavailable,
        "The emergency sign-in is not ready",
        "The list of people who may come in this way cannot be used at the moment.",
        "Tell your administrator the request ID below."
    },
    error_words{
        errc::too_many_attempts,
        "Too many attempts",
        "There were too many sign-ins that failed within a short time.",
        "Wait a minute, then try again."
    },
    error_words{
        errc::sign_in_loop,
        "Signing in goes round in circles",
        "You signed in several times in a row, but your browser came back without the session each time.",
        "Try once more. If this page comes back, send your administrator its address and the codes below."
    },
    error_words{
        errc::form_not_sent,
        "What you entered was not sent",
        "Your session had ended, and what you sent could not be kept while you sign in.",
        "Go back with your browser’s back button: what you entered may still be there. Copy it, or sign in "
        "in another tab, and then send it again."
    },
    error_words{
        errc::session_required,
        "Please sign in",
        "This address is only for people who are signed in.",
        "Sign in to continue."
    },
    error_words{
        errc::session_too_large,
        "Your account is too large to remember",
        "You signed in, but the details of your account, often a long list of groups, do not fit into the "
        "browser.",
        "Tell your administrator the request ID below; the setup needs to keep less about each person."
    },
    error_words{
        errc::session_store_unavailable,
        "We cannot look up your sign-in right now",
        "You are most likely still signed in, but the place where that is noted cannot be reached at the "
        "moment.",
        "Wait a minute, then try again. If it goes on, tell your administrator."
    },
    error_words{
        errc::session_limit_reached,
        "You are signed in in too many places",
        "You signed in, but your account is in use in as many browsers as it may be at a time.",
        "Sign out in one of the others, then try again. If you no longer have it, ask your administrator to "
        "end that session."
    },
    error_words{
        errc::form_gone,
        "What you entered was not sent now",
        "It was sent already, or it was kept too long, or it is not from this browser.",
        "Look in the application whether it has arrived. If it has not, enter it again."
    },
    error_words{
        errc::access_denied,
        "You do not have access to this page",
        "You are signed in, but this page is not open to you.",
        "If you need it, ask your administrator for access."
    },
    error_words{
        errc::cross_site_refused,
        "This request came from another site",
        "Another website tried to do something here in your name, so it was stopped.",
        "If you wanted to do this yourself, open this site directly and try it there."
    },
};

} // namespace sekisho::pages
