// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of the request itself, the application and ourselves.

#include "base/error.hpp"

#include <array>

namespace sekisho
{

inline constexpr std::array request_rows{
    error_row{
        errc::request_malformed,
        "request_malformed",
        400,
        severity::info,
        "The request is not well-formed HTTP."
    },
    error_row{
        errc::request_target_ambiguous,
        "request_target_ambiguous",
        400,
        severity::info,
        "The request target can be read in more than one way."
    },
    error_row{
        errc::request_head_too_large,
        "request_head_too_large",
        431,
        severity::info,
        "The request's head exceeds its limit."
    },
    error_row{
        errc::request_body_too_large,
        "request_body_too_large",
        413,
        severity::info,
        "The request's body exceeds its limit."
    },
    error_row{
        errc::request_timeout, "request_timeout", 408, severity::info, "The request did not arrive in time."
    },
    error_row{
        errc::request_host_unknown,
        "request_host_unknown",
        421,
        severity::info,
        "The request names a host that is not served here."
    },
    error_row{
        errc::request_method_not_allowed,
        "request_method_not_allowed",
        405,
        severity::info,
        "This address does not take that method."
    },
    error_row{errc::not_found, "not_found", 404, severity::info, "There is nothing at this address."},
    error_row{
        errc::too_many_connections,
        "too_many_connections",
        503,
        severity::warning,
        "The connection limit is reached."
    },
    error_row{
        errc::websocket_origin_refused,
        "websocket_origin_refused",
        403,
        severity::warning,
        "A page of another origin asked for a WebSocket."
    },
    error_row{
        errc::client_gone, "client_gone", 499, severity::info, "The client went away before the answer."
    },
    error_row{
        errc::upstream_unreachable,
        "upstream_unreachable",
        502,
        severity::error,
        "No connection to the application could be made."
    },
    error_row{
        errc::upstream_timeout,
        "upstream_timeout",
        504,
        severity::error,
        "The application did not answer in time."
    },
    error_row{
        errc::upstream_protocol_error,
        "upstream_protocol_error",
        502,
        severity::error,
        "The application's answer is not well-formed HTTP."
    },
    error_row{
        errc::identity_header_unsafe,
        "identity_header_unsafe",
        500,
        severity::error,
        "An identity value cannot be put into a header safely."
    },
    error_row{errc::shutting_down, "shutting_down", 503, severity::info, "The gate is shutting down."},
    error_row{
        errc::internal_error, "internal_error", 500, severity::error, "The gate failed; this is a defect."
    },
    error_row{
        errc::value_malformed,
        "value_malformed",
        400,
        severity::info,
        "A value is not of the form it must have."
    },
    error_row{errc::value_too_large, "value_too_large", 400, severity::info, "A value exceeds its limit."},
    error_row{errc::network_failure, "network_failure", 502, severity::warning, "A connection failed."},
    error_row{
        errc::network_timeout, "network_timeout", 504, severity::warning, "A peer did not answer in time."
    },
    error_row{errc::end_of_stream, "end_of_stream", 400, severity::debug, "The peer closed the connection."},
};

} // namespace sekisho
