// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about the ways in beside the provider, sessions and permission.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array session_guide_en{
    guide_row{
        errc::provider_sign_in_off,
        "`local.restore` is on, so that nobody signs in at the provider: a sign-in that had begun before "
        "came back, or a link of a portal was opened.",
        "Turn `local.restore` off and reload as soon as sign-in is repaired; docs/emergency-access.md."
    },
    guide_row{
        errc::local_sign_in_refused,
        "The password is not the one that this process wrote to its log when it started (each replica and "
        "each start has another one), cookies are blocked, or the page was open for more than ten minutes.",
        "Look for `local_restore.password` in the newest log of the process that answers. Many of these "
        "lines: somebody tries."
    },
    guide_row{
        errc::emergency_refused,
        "An unknown passkey, a wrong password or code, a code that was used before, an invitation that is "
        "used up or older than 24 hours, a passkey whose counter did not grow (it may have been copied), or "
        "an address other than `server.public_url`.",
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
        "and `detail` in the log name the cause that was found: the browser did not keep the cookie (Secure "
        "over http, a `session.cookie_domain` that the host does not belong to, too many cookies), another "
        "replica does not know the session or cannot open it, or it ended at once.",
        "Do what `detail` says: one `session.secret` and one store for all replicas, a `server.public_url` "
        "with the scheme and host that people use, a `session.cookie_domain` above that host or none, clocks "
        "that agree, longer limits."
    },
    guide_row{
        errc::form_not_sent,
        "A form met no session and was larger than `session.keep_form`, had files, was no form of this site, "
        "or the store was down or full. `detail` says which.",
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
        "line's `detail` says which. Sessions are not lost by it, unless Redis itself lost them.",
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
};

} // namespace sekisho::pages
