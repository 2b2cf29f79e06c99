// SPDX-License-Identifier: Apache-2.0
#include "http/websocket_frames.hpp"

#include <algorithm>

namespace sekisho::http
{
namespace
{

// How long the header is, as far as its first two bytes tell.
std::size_t header_length(std::span<const unsigned char> header) noexcept
{
    if (header.size() < 2)
        return 2;
    const auto length = header[1] & 0x7f;
    const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    return 2 + extended + ((header[1] & 0x80) != 0 ? 4 : 0);
}

std::uint64_t payload_length(std::span<const unsigned char> header) noexcept
{
    const auto length = header[1] & 0x7f;
    const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (extended == 0)
        return static_cast<std::uint64_t>(length);
    std::uint64_t value = 0;
    for (const auto each : header.subspan(2, extended))
        value = value << 8 | each;
    return value;
}

} // namespace

void websocket_frames::pass(std::span<const char> bytes) noexcept
{
    while (!bytes.empty())
    {
        const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size()));
        payload_left_ -= skipped;
        bytes = bytes.subspan(skipped);
        if (bytes.empty())
            return;
        header_[header_size_++] = static_cast<unsigned char>(bytes.front());
        bytes = bytes.subspan(1);
        const std::span<const unsigned char> header(header_.data(), header_size_);
        if (header_size_ < header_length(header))
            continue;
        payload_left_ = payload_length(header);
        header_size_ = 0;
    }
}

std::string close_frame(websocket_close why)
{
    const auto code = static_cast<unsigned>(why);
    return {static_cast<char>(0x88), 2, static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
}

std::string masked_close_frame(websocket_close why, std::array<unsigned char, 4> mask)
{
    const auto code = static_cast<unsigned>(why);
    std::string frame{static_cast<char>(0x88), static_cast<char>(0x82)};
    for (const auto each : mask)
        frame.push_back(static_cast<char>(each));
    frame.push_back(static_cast<char>((code >> 8) ^ mask[0]));
    frame.push_back(static_cast<char>((code & 0xff) ^ mask[1]));
    return frame;
}

} // namespace sekisho::http
