// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of the ways in beside the provider, sessions and permission.

#include "base/error.hpp"

#include <array>

namespace sekisho
{

inline constexpr std::array session_rows{
    error_row{
        errc::provider_sign_in_off,
        "provider_sign_in_off",
        403,
        severity::warning,
        "Sign-in at the provider is switched off while local.restore is on."
    },
    error_row{
        errc::local_sign_in_refused,
        "local_sign_in_refused",
        403,
        severity::warning,
        "The temporary password of local.restore was wrong, or its form too old."
    },
    error_row{
        errc::emergency_refused,
        "emergency_refused",
        403,
        severity::warning,
        "An emergency sign-in or registration did not pass its checks."
    },
    error_row{
        errc::emergency_unavailable,
        "emergency_unavailable",
        503,
        severity::error,
        "The file of the emergency people cannot be read or written."
    },
    error_row{
        errc::too_many_attempts,
        "too_many_attempts",
        429,
        severity::warning,
        "Too many sign-ins failed here within a minute."
    },
    error_row{
        errc::sign_in_loop,
        "sign_in_loop",
        400,
        severity::error,
        "Several sign-ins in a row ended with a session that the browser's next request did not have."
    },
    error_row{
        errc::form_not_sent,
        "form_not_sent",
        401,
        severity::info,
        "A form was sent without a valid session and could not be kept over a sign-in."
    },
    error_row{
        errc::session_required,
        "session_required",
        401,
        severity::info,
        "The request carries no valid session."
    },
    error_row{
        errc::session_too_large,
        "session_too_large",
        500,
        severity::error,
        "The session does not fit into the browser's cookies."
    },
    error_row{
        errc::session_store_unavailable,
        "session_store_unavailable",
        503,
        severity::error,
        "The store of the sessions cannot be reached, or refuses."
    },
    error_row{
        errc::session_limit_reached,
        "session_limit_reached",
        403,
        severity::warning,
        "The person has as many sessions as one may have, and the configuration refuses one more."
    },
    error_row{
        errc::form_gone,
        "form_gone",
        410,
        severity::info,
        "A form that was kept over a sign-in is not there any more, or is another person's."
    },
    error_row{errc::access_denied, "access_denied", 403, severity::warning, "A rule refuses this request."},
    error_row{
        errc::cross_site_refused,
        "cross_site_refused",
        403,
        severity::warning,
        "Another site sent this request."
    },
};

} // namespace sekisho
