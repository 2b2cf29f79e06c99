// SPDX-License-Identifier: Apache-2.0
#pragma once
// An application that does exactly what a test says, byte by byte, and remembers what it was sent.

#include "support/test_certificates.hpp"
#include "support/wire.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace sekisho::test
{

class recording_application
{
public:
    // One connection, on a thread of its own; it is closed when the conversation returns or throws.
    using conversation = std::function<void(wire& gate, recording_application& self)>;

    explicit recording_application(conversation each, std::optional<issued_certificate> certificate = {});
    ~recording_application();
    recording_application(const recording_application&) = delete;
    recording_application& operator=(const recording_application&) = delete;

    std::uint16_t port() const { return port_; }

    // For conversations: receives one request and remembers it.
    wire_message take_request(wire& from);
    void remember(wire_message request);

    // For tests: the request of this number (from 0), waiting until it has come.
    wire_message request(std::size_t number = 0);
    std::size_t request_count();
    // Connections that carried at least a byte: the gate looks now and then whether anybody listens.
    std::size_t connection_count();
    // Whether every conversation ends, waiting this long for it.
    bool closes_within(std::chrono::milliseconds time);

private:
    void accept_all();
    void converse(int socket);
    void count_connection();

    conversation each_;
    std::optional<issued_certificate> certificate_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    std::vector<wire_message> requests_;
    std::size_t connections_ = 0;
    bool is_ending_ = false;
    std::list<int> open_;
    std::list<std::thread> talks_;
    std::thread accepting_;
};

// Answers every request with these bytes, over one connection after the other, for as long as the gate likes.
recording_application::conversation answering(std::string bytes);
// Answers one request with these bytes and closes.
recording_application::conversation answering_once(std::string bytes);

// An answer with a Content-Length.
std::string plain_answer(std::string_view body, std::string_view fields = "");

} // namespace sekisho::test
