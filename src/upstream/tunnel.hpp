// SPDX-License-Identifier: Apache-2.0
#pragma once
// A WebSocket between client and application: bytes both ways until one side ends, or until we must end it.

#include "http/websocket_frames.hpp"
#include "net/latch.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>

namespace sekisho::upstream
{

class tunnel;

// The tunnels of one worker. Not synchronised: worker's thread only.
class tunnel_list
{
public:
    void end_all(http::websocket_close why);
    std::size_t size() const noexcept { return size_; }

private:
    friend class tunnel;
    tunnel* first_ = nullptr;
    std::size_t size_ = 0;
};

class tunnel
{
public:
    struct rules
    {
        std::chrono::milliseconds idle_time{0}; // no byte either way; 0: no limit
        std::chrono::milliseconds life_time{0}; // until the session expires; 0: no limit
        std::array<unsigned char, 4> mask{};    // unpredictable, for the close frame to the application
    };

    tunnel(net::worker& home, tunnel_list& list, net::stream& client, net::stream& upstream, rules by);
    ~tunnel();
    tunnel(const tunnel&) = delete;
    tunnel& operator=(const tunnel&) = delete;

    // First what each side has sent already, then everything; returns when both directions have ended.
    net::task<void> run(std::span<const char> from_client, std::span<const char> from_upstream);
    // Sends close frames between two frames of the others, then ends both connections.
    void end(http::websocket_close why) noexcept;

private:
    friend class tunnel_list;

    struct direction
    {
        net::stream& from;
        net::stream& to;
        http::websocket_frames frames; // of what has been written to `to`
        bool is_writing = false;
    };

    net::task<void> pump(direction& way, std::span<const char> first);
    net::task<void> pump_back(std::span<const char> first);
    net::task<bool> pass(direction& way, std::span<const char> bytes);
    bool send_close(direction& way, const std::string& frame) noexcept;
    void try_to_close() noexcept;
    // Whether our close frame was the last that goes this way.
    bool is_told(const direction& way) const noexcept;
    void touch() noexcept;
    static void idle_expired(void* self) noexcept;
    static void life_expired(void* self) noexcept;
    static void close_expired(void* self) noexcept;

    net::worker& home_;
    tunnel_list& list_;
    rules rules_;
    direction to_upstream_;
    direction to_client_;
    net::latch back_ended_;
    net::deadline idle_;
    net::deadline life_;
    net::deadline closing_;
    std::optional<http::websocket_close> end_with_;
    bool client_told_ = false;
    bool upstream_told_ = false;
    tunnel* previous_ = nullptr;
    tunnel* next_ = nullptr;
};

} // namespace sekisho::upstream
