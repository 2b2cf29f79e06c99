// SPDX-License-Identifier: Apache-2.0
#pragma once
// multipart/form-data (RFC 7578) as a browser sends a form without files: ordered fields, bounded.

#include "base/result.hpp"
#include "http/form.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::http
{

enum class multipart_kind : std::uint8_t
{
    text,
    no_file, // of an <input type="file"> in which nothing was chosen
};

struct multipart_field
{
    std::string name;
    std::string value; // of text
    multipart_kind kind = multipart_kind::text;
};

// The boundary that a Content-Type names (RFC 2046, 5.1.1); empty: it names none, or one that cannot be.
std::string boundary_of(std::string_view content_type);

// The fields, in their order. Names come back as they were before browsers wrote %22, %0D and %0A into them
// (HTML, "multipart/form-data encoding algorithm"). Errors: value_malformed; value_too_large for a limit, and
// for a file, however small.
result<std::vector<multipart_field>>
parse_multipart(std::string_view body, std::string_view boundary, form_limits limits = {});

} // namespace sekisho::http
