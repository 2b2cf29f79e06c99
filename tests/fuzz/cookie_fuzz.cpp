// link: http
// SPDX-License-Identifier: Apache-2.0
// Removing our cookies removes all of them, and nothing of the others.
#include "base/encoding.hpp"
#include "http/cookie.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace
{

using namespace sekisho;

bool is_ours(const http::cookie& each) { return each.name.starts_with("s"); }

std::vector<std::string> kept(std::string_view value)
{
    std::vector<std::string> texts;
    http::cookie_reader reader(value);
    while (const auto found = reader.next())
        if (!is_ours(*found))
            texts.emplace_back(found->text);
    return texts;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto value = as_text(std::as_bytes(std::span(data, size)));
    std::string rest;
    const bool is_left =
        http::remove_cookies(value, is_ours, [&](std::string_view piece) { rest.append(piece); });
    if (is_left == rest.empty() || kept(value) != kept(rest))
        std::abort();
    http::cookie_reader reader(rest);
    while (const auto found = reader.next())
        if (is_ours(*found))
            std::abort();
    const std::string text(value);
    const http::set_cookie cookie{
        .name = text.substr(0, text.size() / 2), .value = text.substr(text.size() / 2)
    };
    if (check(cookie))
        for (const char each : to_text(cookie))
            if (each < 0x20 || each >= 0x7f)
                std::abort();
    return 0;
}
