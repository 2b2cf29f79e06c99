// link: http
// SPDX-License-Identifier: Apache-2.0
// A head that passes splits at CRLF into a first line and fields, in whatever way one looks at it.
#include "base/encoding.hpp"
#include "http/framing.hpp"
#include "http/head_reader.hpp"
#include "http/host.hpp"

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
        require(http::is_field_value(fields.back().value));
    }
    require(at == head.size());
    return fields;
}

void require_same(const std::vector<http::field>& left, const std::vector<http::field>& right)
{
    require(left.size() == right.size());
    for (std::size_t index = 0; index < left.size(); ++index)
        require(left[index].name == right[index].name && left[index].value == right[index].value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto head = as_text(std::as_bytes(std::span(data, size)));
    std::vector<http::field> seen;
    if (http::read_response_head(head, seen, 1000))
    {
        require_same(seen, fields_of(head));
        (void)http::response_framing(seen, 11, 200, "GET");
    }
    seen.clear();
    if (!http::read_request_head(head, seen, 1000))
        return 0;
    const auto fields = fields_of(head);
    require_same(seen, fields);
    const auto framing = http::request_framing(fields, 11);
    if (framing && framing->kind == http::framing_kind::chunked)
        require(http::count(fields, "Content-Length") == 0 && http::count(fields, "Transfer-Encoding") == 1);
    if (framing && framing->kind == http::framing_kind::length)
        require(http::count(fields, "Content-Length") == 1 && http::count(fields, "Transfer-Encoding") == 0);
    if (const auto host = http::request_host(fields, 11))
        require(http::is_host(*host));
    return 0;
}
