// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an administrator reads about the request itself, the application and ourselves.

#include "pages/error_guide.hpp"

#include <array>

namespace sekisho::pages
{

inline constexpr std::array request_guide_en{
    guide_row{
        errc::request_malformed,
        "Broken client, scanner, or something between that damages requests.",
        "The log's `detail` says what is wrong with the request."
    },
    guide_row{
        errc::request_target_ambiguous,
        "The target contains an encoded slash or backslash, dot segments, a NUL or a fragment.",
        "If the application needs `%2F` in paths, set `server.encoded_slash` to `keep`."
    },
    guide_row{
        errc::request_head_too_large,
        "Too many or too large cookies of other applications on the same domain, or a very long address.",
        "Raise `server.max_head_bytes`, or move the applications to host names of their own."
    },
    guide_row{
        errc::request_body_too_large,
        "The body exceeds `server.max_body_bytes`, or 64 KiB at the callback.",
        "Raise `server.max_body_bytes`."
    },
    guide_row{
        errc::request_timeout,
        "Slow connection, or a client that holds connections open on purpose.",
        "Raise `server.head_timeout` or `server.body_timeout` if honest clients are hit."
    },
    guide_row{
        errc::request_host_unknown,
        "The `Host` is neither that of `server.public_url` nor in `server.allowed_hosts`.",
        "Add the name to `server.allowed_hosts`, or correct what sends people here."
    },
    guide_row{
        errc::request_method_not_allowed,
        "One of the gate's own addresses was called with a method it does not take.",
        "If the application uses that path itself, move ours with `server.callback_path`, `login_path`, "
        "`session_path` or `logout_path`."
    },
    guide_row{errc::not_found, "An address of the gate's own that does not exist.", "Correct the address."},
    guide_row{
        errc::too_many_connections,
        "`server.max_connections` is reached.",
        "Raise it, add replicas, or look for a client that keeps opening connections."
    },
    guide_row{
        errc::websocket_origin_refused,
        "`Origin` of the WebSocket handshake is not this host.",
        "Open the application under the host name of `server.public_url`; add further ones to "
        "`server.allowed_hosts`."
    },
    guide_row{
        errc::client_gone,
        "The person closed the page or went elsewhere; nobody sees this answer.",
        "Nothing."
    },
    guide_row{
        errc::upstream_unreachable,
        "The application is not running, or `upstream.url` points elsewhere.",
        "Start the application; check `upstream.url`, name resolution, and for https `upstream.ca_file`."
    },
    guide_row{
        errc::upstream_timeout,
        "The application is slow or stuck.",
        "Look at the application; raise `upstream.response_timeout` if it honestly needs longer."
    },
    guide_row{
        errc::upstream_protocol_error,
        "The application's answer is not HTTP/1.1, contradicts itself, or broke off; https and http mixed "
        "up.",
        "Check the scheme and port of `upstream.url`; the log's `detail` says what was wrong."
    },
    guide_row{
        errc::identity_header_unsafe,
        "A claim holds CR, LF or NUL, which could forge headers.",
        "Correct the claim at the provider."
    },
    guide_row{
        errc::shutting_down,
        "The gate was told to stop.",
        "Nothing; another replica or the next start answers."
    },
    guide_row{
        errc::internal_error, "A defect of sekisho.", "Report it with the log lines of the request ID."
    },
};

} // namespace sekisho::pages
