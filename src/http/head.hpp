// SPDX-License-Identifier: Apache-2.0
#pragma once
// Heads of HTTP messages as data.

#include "http/fields.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::http
{

// A request's head. Views live as long as the exchange it belongs to.
struct request_head
{
    std::string_view method; // case as sent
    std::string_view target; // as sent: origin-form, absolute-form, authority-form or "*"
    int version = 11;        // 10 or 11
    std::span<const field> fields;
};

// A response's head.
struct response_head
{
    int status = 200;
    std::string_view reason; // empty: the standard phrase
    std::span<const field> fields;
};

// A whole answer that we write ourselves: pages, JSON, redirects.
struct response
{
    int status = 200;
    owned_fields
        fields; // without Content-Length, Transfer-Encoding, Connection and Date: the server adds them
    std::string body;
};

// The standard phrase of a status; "Unknown" when there is none.
std::string_view reason_phrase(int status) noexcept;

} // namespace sekisho::http
