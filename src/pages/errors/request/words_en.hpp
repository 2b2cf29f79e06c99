// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a person reads about the request itself, the application and ourselves.

#include "pages/catalogue.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array request_words_en{
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

} // namespace sekisho::pages
