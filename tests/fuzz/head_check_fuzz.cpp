// link: http
// SPDX-License-Identifier: Apache-2.0
// A head that passes splits at CRLF into a first line and fields, in whatever way one looks at it.
#include "base/encoding.hpp"
#include "http/framing.hpp"
#include "http/head_check.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace
{

using namespace sekisho;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

// Reads the fields at bare line feeds, as a lenient parser does.
std::vector<http::field> fields_of(std::string_view head)
{
    std::vector<http::field> fields;
    std::size_t at = head.find('\n') + 1;
    while (at < head.size())
    {
        const std::size_t end = head.find('\n', at);
        require(end != std::string_view::npos && end > at && head[end - 1] == '\r');
        const std::string_view line = head.substr(at, end - 1 - at);
        at = end + 1;
        if (line.empty())
            break;
        const std::size_t colon = line.find(':');
        require(colon != std::string_view::npos && http::is_token(line.substr(0, colon)));
        fields.push_back({line.substr(0, colon), http::trimmed(line.substr(colon + 1))});
        require(
            http::is_field_value(fields.back().value) ||
            fields.back().value.find('\x7f') != std::string_view::npos
        );
    }
    require(at == head.size());
    return fields;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto head = as_text(std::as_bytes(std::span(data, size)));
    if (http::check_response_head(head))
    {
        const auto fields = fields_of(head);
        (void)http::response_framing(fields, 11, 200, "GET");
    }
    if (!http::check_request_head(head))
        return 0;
    const auto fields = fields_of(head);
    const auto framing = http::request_framing(fields, 11);
    if (framing && framing->kind == http::framing_kind::chunked)
        require(http::count(fields, "Content-Length") == 0 && http::count(fields, "Transfer-Encoding") == 1);
    if (framing && framing->kind == http::framing_kind::length)
        require(http::count(fields, "Content-Length") == 1 && http::count(fields, "Transfer-Encoding") == 0);
    if (const auto host = http::request_host(fields, 11))
        require(http::is_host(*host));
    return 0;
}
