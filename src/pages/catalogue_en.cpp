// SPDX-License-Identifier: Apache-2.0
#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{
namespace
{

constexpr std::array texts{
    text_row{text_key::error_code, "Error code"},
    text_row{text_key::request_id, "Request ID"},
    text_row{text_key::note_for_administrator, "For your administrator"},
    text_row{text_key::sign_in, "Sign in"},
    text_row{text_key::sign_in_again, "Sign in again"},
    text_row{text_key::try_again, "Try again"},
    text_row{text_key::to_application, "Go to the application"},
    text_row{text_key::signed_out_title, "You are signed out"},
    text_row{text_key::signed_out_text, "Your session here has ended."},
    text_row{text_key::signed_out_advice, "You can close this window, or sign in again."},
    text_row{
        text_key::still_signed_in_at_provider,
        "You may still be signed in at your identity provider. On a shared computer, sign out there too or "
        "close all browser windows."
    },
    text_row{text_key::confirm_title, "Do you want to sign out?"},
    text_row{
        text_key::confirm_text,
        "A link on another website asked for you to be signed out of this application."
    },
    text_row{text_key::confirm_advice, "If that was not you, stay signed in. Nothing has been changed."},
    text_row{text_key::confirm_button, "Sign out"},
    text_row{text_key::stay_signed_in, "Stay signed in"},
    text_row{text_key::continue_title, "Let’s start that again"},
    text_row{
        text_key::continue_text, "The sign-in took longer than allowed, so it was set aside to keep you safe."
    },
    text_row{text_key::continue_advice, "Continue, and you will arrive at the page you wanted to see."},
    text_row{text_key::continue_button, "Continue"},
    text_row{text_key::redirecting_title, "You are signed in"},
    text_row{text_key::redirecting_text, "Your page opens in a moment."},
    text_row{text_key::redirecting_link, "Open it now"},
    text_row{text_key::fragment_title, "Please sign in"},
    text_row{text_key::fragment_text, "The sign-in opens in a moment."},
    text_row{
        text_key::fragment_without_script,
        "Your browser runs no scripts here, so after the sign-in the page opens at its beginning: what "
        "stands "
        "behind # in its address is not kept."
    },
    text_row{text_key::chooser_title, "How would you like to sign in?"},
    text_row{text_key::chooser_text, "You can sign in here in more than one way."},
    text_row{text_key::chooser_last, "Last time you used"},
    text_row{text_key::chooser_others, "Or choose"},
    text_row{text_key::chooser_email_label, "E-mail address"},
    text_row{text_key::chooser_email_hint, "We take you to where people with your address sign in."},
    text_row{
        text_key::chooser_unknown_domain,
        "No sign-in is set up for addresses like this one. Check the spelling, or choose another way below."
    },
    text_row{
        text_key::chooser_malformed_address,
        "That is not a complete e-mail address. Write it like name@example.com."
    },
    text_row{text_key::test_title, "Test a sign-in"},
    text_row{
        text_key::test_text,
        "A whole sign-in is run at the provider that you choose, and you get a report of it. Nobody is "
        "signed in or out by that."
    },
    text_row{text_key::test_passed_title, "The test sign-in works"},
    text_row{text_key::test_failed_title, "The test sign-in failed"},
    text_row{
        text_key::test_result_text,
        "Nobody was signed in or out by this test. Secrets and tokens are masked, so the report can be "
        "handed to the administrator of the provider; it does hold the personal data that the provider sent."
    },
    text_row{text_key::test_download, "Download the report"},
    text_row{text_key::test_again, "Test again"},
    text_row{text_key::test_passed, "Passed"},
    text_row{text_key::test_failed, "Failed"},
    text_row{text_key::test_left_out, "Not checked"},
    text_row{text_key::test_failure, "What failed"},
    text_row{text_key::test_happened, "What happened"},
    text_row{text_key::test_causes, "Likely causes"},
    text_row{text_key::test_remedy, "What to do"},
    text_row{text_key::test_step_metadata, "What the provider says about itself"},
    text_row{text_key::test_step_pushed_request, "Sent to the provider before the browser"},
    text_row{text_key::test_step_pushed_response, "Answer of the provider to it"},
    text_row{text_key::test_step_authorization_request, "Sent to the provider through the browser"},
    text_row{text_key::test_step_callback, "Came back through the browser"},
    text_row{text_key::test_step_front_id_token, "ID token that came through the browser"},
    text_row{text_key::test_step_token_request, "Sent to the token endpoint"},
    text_row{text_key::test_step_token_response, "Answer of the token endpoint"},
    text_row{text_key::test_step_id_token, "ID token and its checks"},
    text_row{text_key::test_step_userinfo_request, "Sent to UserInfo"},
    text_row{text_key::test_step_userinfo_response, "Answer of UserInfo"},
    text_row{text_key::test_step_directory, "Found in the directory"},
    text_row{text_key::test_step_access_token, "Access token"},
    text_row{text_key::test_step_person, "The person"},
    text_row{text_key::test_step_headers, "Headers that the application would get"},
    text_row{text_key::test_step_rules, "What the rules would decide"},
    text_row{
        text_key::local_restore_notice,
        "Local restore is on: sign-in at the identity provider is switched off."
    },
    text_row{text_key::local_title, "Local sign-in"},
    text_row{
        text_key::local_text, "Whoever repairs the sign-in can come in here with the temporary password."
    },
    text_row{text_key::local_label, "Temporary password"},
    text_row{
        text_key::local_hint, "It is in sekisho’s log, in the line local_restore.password of the last start."
    },
    text_row{text_key::emergency_title, "Emergency sign-in"},
    text_row{
        text_key::emergency_text,
        "This is for people who were registered for emergencies. Every use is recorded."
    },
    text_row{text_key::emergency_passkey_button, "Sign in with a passkey"},
    text_row{text_key::emergency_password_heading, "With a password and a code"},
    text_row{text_key::emergency_name_label, "Registered name"},
    text_row{text_key::emergency_password_label, "Password"},
    text_row{text_key::emergency_code_label, "Six digits from your authenticator app"},
    text_row{text_key::emergency_register_title, "Register a passkey"},
    text_row{
        text_key::emergency_register_text, "This link registers one passkey for emergencies. It works once."
    },
    text_row{text_key::emergency_register_for, "The passkey will belong to"},
    text_row{text_key::emergency_register_button, "Register a passkey"},
    text_row{text_key::emergency_registered_title, "The passkey is registered"},
    text_row{
        text_key::emergency_registered_text,
        "You can sign in with it from now on. Try it now, so that you know it works when it has to."
    },
    text_row{
        text_key::emergency_no_passkeys,
        "This browser cannot use passkeys at this address. They need a current browser, and https or "
        "localhost."
    },
    text_row{
        text_key::emergency_no_script, "Passkeys need JavaScript, which is switched off in this browser."
    },
    text_row{text_key::emergency_cancelled, "That was cancelled or took too long. Please try again."},
    text_row{text_key::emergency_known_device, "This device is already registered."},
    text_row{text_key::details_are_yours, "The details below are shown to administrators only."},
    text_row{text_key::test_ask_anew, "Test with the password asked for again (prompt=login)"},
    text_row{text_key::test_ask_as_usual, "Test it the way people usually sign in"},
    text_row{
        text_key::test_asks_anew,
        "The provider will be told to ask for the password again, even of somebody it knows (prompt=login)."
    },
    text_row{
        text_key::form_unsent_note,
        "What you entered was not sent. Go back with your browser’s back button and copy it before you try "
        "again."
    },
    text_row{text_key::form_resume_title, "You are signed in again"},
    text_row{
        text_key::form_resume_text,
        "Your session had ended when you sent a form. What you entered was kept and is now sent again."
    },
    text_row{text_key::form_resume_advice, "If nothing happens, press the button. It is sent once only."},
    text_row{text_key::form_resume_button, "Send it now"},
    text_row{
        text_key::form_other_person,
        "It was entered while somebody else was signed in in this browser, so it was not sent in your name."
    },
    text_row{
        text_key::loop_not_stored,
        "The browser did not keep the session’s cookie. Allow cookies for this site, and look whether an "
        "extension or a proxy removes them."
    },
    text_row{
        text_key::loop_domain,
        "The session’s cookie is meant for another domain than this address, so the browser does not keep it."
    },
    text_row{
        text_key::loop_insecure,
        "This address was reached without https, but the session’s cookie is for https only. Open it with "
        "https://."
    },
    text_row{
        text_key::loop_incomplete,
        "The browser sent only a part of the session’s cookies: there are too many cookies for this site. "
        "Delete those that you do not need."
    },
    text_row{
        text_key::loop_unknown_here,
        "The browser sent the session, but this server does not know it: it may be known to another one only."
    },
    text_row{
        text_key::loop_expired,
        "The session had already run out when it came back: the servers’ clocks may differ."
    },
    text_row{
        text_key::loop_ended,
        "The session had already been ended when it came back, or it cannot be used here."
    },
    text_row{text_key::chooser_keep, "Keep me signed in on this device"},
};

} // namespace

const catalogue& english()
{
    static const catalogue words{english_errors(), texts};
    return words;
}

} // namespace sekisho::pages
