// SPDX-License-Identifier: Apache-2.0
#include "net/beast_messages.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>

#include <string>
#include <utility>

namespace sekisho::net
{

namespace beast = boost::beast;

std::string authority_with_port(const url& target)
{
    const bool is_v6 = target.host().find(':') != std::string::npos;
    return (is_v6 ? "[" + target.host() + "]" : target.host()) + ":" + std::to_string(target.port());
}

result<wire_request> to_wire(outgoing_request request)
{
    wire_request out;
    out.version(11);
    out.method_string(request.method);
    out.target(request.target.target());
    out.set(beast::http::field::host, request.target.authority());
    out.set(beast::http::field::connection, "close");
    out.set(beast::http::field::user_agent, "sekisho/" SEKISHO_VERSION);
    out.set(beast::http::field::accept, "application/json");
    for (const auto& [name, value] : request.fields)
    {
        // A token of the provider's must not write into the head.
        if (!http::is_token(name) || !http::is_field_value(value))
            return fail(
                errc::value_malformed,
                "http_client",
                "the field \"" + name + "\" has a value no head can carry"
            );
        out.set(name, value);
    }
    out.body() = std::move(request.body);
    if (!out.body().empty() || request.method == "POST")
        out.prepare_payload();
    return out;
}

incoming_response from_wire(wire_response answer)
{
    incoming_response out;
    out.status = static_cast<int>(answer.result_int());
    for (const auto& each : answer)
        out.fields.emplace_back(each.name_string(), each.value());
    out.body = std::move(answer.body());
    return out;
}

// The names of Beast's errors mean little to people.
sekisho::error describe(const boost::system::error_code& failure, answer_limits limits)
{
    using beast::http::error;
    if (failure == error::body_limit)
        return {
            errc::value_too_large,
            "http_client",
            "the answer's body exceeds " + std::to_string(limits.body) + " bytes"
        };
    if (failure == error::header_limit || failure == error::buffer_overflow)
        return {
            errc::value_too_large,
            "http_client",
            "the answer's head exceeds " + std::to_string(limits.head) + " bytes"
        };
    if (failure == error::end_of_stream || failure == error::partial_message ||
        failure == asio::ssl::error::stream_truncated || failure == asio::error::eof)
        return {
            errc::network_failure, "http_client", "the connection was closed before the answer was complete"
        };
    if (failure.category() == beast::http::make_error_code(error::bad_version).category())
        return {errc::value_malformed, "http_client", "the answer is not HTTP: " + failure.message()};
    return {errc::network_failure, "http_client", failure.message()};
}

} // namespace sekisho::net
