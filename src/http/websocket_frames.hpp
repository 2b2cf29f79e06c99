// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where WebSocket frames begin and end in a stream of bytes, so that a close frame of ours goes between two
// of theirs (RFC 6455, 5.2). Payloads are not looked at.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sekisho::http
{

class websocket_frames
{
public:
    // These bytes have passed.
    void pass(std::span<const char> bytes) noexcept;
    // Whether the last frame is complete.
    bool is_between_frames() const noexcept { return header_size_ == 0 && payload_left_ == 0; }

private:
    std::array<unsigned char, 14> header_{};
    std::size_t header_size_ = 0;
    std::uint64_t payload_left_ = 0;
};

// Why a tunnel ends (RFC 6455, 7.4.1).
enum class websocket_close : std::uint16_t
{
    going_away = 1001,       // we shut down
    policy_violation = 1008, // the session has ended
};

// A close frame as a server sends it, without mask.
std::string close_frame(websocket_close why);
// A close frame as a client sends it; `mask` should be unpredictable.
std::string masked_close_frame(websocket_close why, std::array<unsigned char, 4> mask);

} // namespace sekisho::http
