// SPDX-License-Identifier: Apache-2.0
#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{
namespace
{

constexpr std::array errors{
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
        "and "
        "your identity provider did not confirm that.",
        "Try again: use the second factor that your administrator set up, and agree to what you are asked "
        "for. "
        "You are still signed in everywhere else."
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
        "Go back with your browser’s back button: what you entered may still be there. Copy it, or sign "
        "in in another tab, and then send it again."
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
    error_words{
        errc::request_malformed,
        "The request could not be understood",
        "What your browser sent is not complete or not well-formed.",
        "Go back and try again. Clearing the cookies of this site often helps."
    },
    error_words{
        errc::request_target_ambiguous,
        "This address can be read in two ways",
        "The address contains characters that different programs read differently, so it was not opened.",
        "Check the address for unusual characters such as %2F or \\, or start from the front page."
    },
    error_words{
        errc::request_head_too_large,
        "Your browser sent too much at once",
        "The address or the cookies your browser sent are larger than we accept.",
        "Clear the cookies of this site, then try again."
    },
    error_words{
        errc::request_body_too_large,
        "This upload is too large",
        "What you sent is larger than this application accepts.",
        "Send a smaller file, or ask your administrator to raise the limit."
    },
    error_words{
        errc::request_timeout,
        "The request took too long to arrive",
        "We waited for the rest of your request, but it did not come in time.",
        "Check your connection and try again."
    },
    error_words{
        errc::request_host_unknown,
        "This address is not served here",
        "You reached us under a name we do not answer to.",
        "Check the address, or ask your administrator for the right one."
    },
    error_words{
        errc::request_method_not_allowed,
        "That does not work at this address",
        "This address exists, but not for what was tried.",
        "Go to the application and start from there."
    },
    error_words{
        errc::not_found,
        "There is nothing here",
        "The address you opened does not exist.",
        "Check the address, or start from the front page."
    },
    error_words{
        errc::too_many_connections,
        "Too many visitors at once",
        "More people are connected at the moment than we can serve.",
        "Wait a moment, then try again."
    },
    error_words{
        errc::websocket_origin_refused,
        "This connection came from another site",
        "A page of another website tried to open a live connection in your name, so it was stopped.",
        "Open the application directly and try again."
    },
    error_words{
        errc::client_gone,
        "The connection was closed",
        "Your browser closed the connection before the answer was ready.",
        "Try again."
    },
    error_words{
        errc::upstream_unreachable,
        "The application is not running",
        "You are in the right place, but the application itself cannot be reached.",
        "Wait a minute, then try again. If it stays away, tell your administrator."
    },
    error_words{
        errc::upstream_timeout,
        "The application is taking too long",
        "The application did not answer in time.",
        "Wait a minute, then try again."
    },
    error_words{
        errc::upstream_protocol_error,
        "The application gave an unusable answer",
        "The application answered in a way that cannot be passed on.",
        "Try again. If it happens once more, tell your administrator the request ID below."
    },
    error_words{
        errc::identity_header_unsafe,
        "Your account cannot be passed on",
        "Something in your account contains characters that cannot be given to the application safely.",
        "Tell your administrator the request ID below."
    },
    error_words{
        errc::shutting_down,
        "Back in a moment",
        "This service is being restarted.",
        "Wait a moment, then try again."
    },
    error_words{
        errc::internal_error,
        "Something went wrong on our side",
        "An error happened here that should not have happened. It is not your fault.",
        "Try again. If it happens once more, tell your administrator the request ID below."
    },
};

} // namespace

std::span<const error_words> english_errors() { return errors; }

} // namespace sekisho::pages
