// SPDX-License-Identifier: Apache-2.0
#include "http/websocket_frames.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <span>
#include <string>

namespace sekisho::http
{
namespace
{

std::string frame(std::string head, std::size_t payload) { return head + std::string(payload, 'p'); }

} // namespace

TEST_CASE("the end of a frame is known, whatever form its length has", "[http]")
{
    const auto [rule, bytes] = GENERATE(table<std::string, std::string>({
        {"RFC 6455 5.2: empty", std::string("\x81\x00", 2)},
        {"RFC 6455 5.2: 7 bits", frame("\x81\x05", 5)},
        {"RFC 6455 5.2: 125 bytes", frame("\x82\x7d", 125)},
        {"RFC 6455 5.2: 16 bits", frame(std::string("\x82\x7e\x01\x00", 4), 256)},
        {"RFC 6455 5.2: 64 bits", frame(std::string("\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10), 65536)},
        {"RFC 6455 5.3: masked", frame("\x81\x85mask", 5)},
        {"RFC 6455 5.3: masked, 16 bits", frame(std::string("\x82\xfe\x00\x80mask", 8), 128)},
        {"RFC 6455 5.3: masked, 64 bits",
         frame(std::string("\x82\xff\x00\x00\x00\x00\x00\x00\x00\x05mask", 14), 5)},
        {"RFC 6455 5.4: two frames", frame("\x01\x03", 3) + frame("\x80\x02", 2)},
    }));
    CAPTURE(rule);
    const auto step = GENERATE(1UL, 3UL, 70000UL);
    websocket_frames frames;
    CHECK(frames.is_between_frames());
    const auto almost = std::span(bytes).first(bytes.size() - 1);
    for (std::size_t at = 0; at < almost.size(); at += step)
        frames.pass(almost.subspan(at, std::min(step, almost.size() - at)));
    CHECK_FALSE(frames.is_between_frames());
    frames.pass(std::span(bytes).last(1));
    CHECK(frames.is_between_frames());
}

TEST_CASE("close frames carry their code, masked towards the application", "[http]")
{
    CHECK(close_frame(websocket_close::going_away) == std::string("\x88\x02\x03\xe9", 4));
    CHECK(close_frame(websocket_close::policy_violation) == std::string("\x88\x02\x03\xf0", 4));
    const auto masked = masked_close_frame(websocket_close::going_away, {0x0f, 0xf0, 0x55, 0xaa});
    CHECK(masked == std::string("\x88\x82\x0f\xf0\x55\xaa\x0c\x19", 8));
}

} // namespace sekisho::http
