// SPDX-License-Identifier: Apache-2.0
#pragma once
// A form whose sending met no session: what is kept of it until the person is signed in again. Pure.

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/head.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::gateway
{

enum class form_encoding : std::uint8_t
{
    urlencoded,
    multipart,
    count_, // not an encoding: how many there are
};

enum class kept_kind : std::uint8_t
{
    text,
    no_file, // a file field in which nothing was chosen
    count_,  // not a kind: how many there are
};

struct kept_field
{
    std::string name;
    std::string value;
    kept_kind kind = kept_kind::text;
};

struct kept_form
{
    std::string origin; // of the page it came from and of where it goes
    std::string target; // path and query, canonical
    form_encoding encoding = form_encoding::urlencoded;
    std::vector<kept_field> fields;
    std::string issuer; // and subject: of the person whose session had ended; empty: not known
    std::string subject;
};

// Whether a browser is about to show the answer to a form in its top-level window; of which site the form
// was does not count.
bool is_sent_form(const http::request_head& head) noexcept;

// How the form is encoded. Error: value_malformed for what only programs send.
result<form_encoding> encoding_of(const http::request_head& head);

// The fields of a body of at most `limit` bytes. Errors: value_malformed, also for text that a page in UTF-8
// could not send again; value_too_large, also for a file.
result<std::vector<kept_field>>
read_fields(std::string_view body, form_encoding encoding, const http::request_head& head, std::size_t limit);

std::string encode(const kept_form& form);
// Error: value_malformed.
result<kept_form> decode_kept_form(std::string_view encoded);

} // namespace sekisho::gateway
