// SPDX-License-Identifier: Apache-2.0
#pragma once
// A plain blocking connection for tests: exact bytes out, exact bytes in, and nothing waits for ever.

#include "support/wire_message.hpp"

#include <openssl/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::test
{

// The peer did not do in time what the test waits for.
struct wire_timeout : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

// The peer has closed or reset the connection while more was expected.
struct wire_closed : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

// What a message's body depends on besides its head.
enum class reading : std::uint8_t
{
    usual,
    headless_body, // the answer to HEAD
};

struct tls_side
{
    // Client side: what is offered at most and at least (TLS1_2_VERSION); 0: whatever OpenSSL does.
    int least = 0;
    int most = 0;
};

class wire
{
public:
    static constexpr std::chrono::milliseconds patience{10000};

    // Takes over a connected socket.
    explicit wire(int socket);
    // To a port of the loopback address; `receive_buffer`: bytes, 0: the system's.
    static wire to(std::uint16_t port, int receive_buffer = 0);
    // The same with TLS; nothing is verified. Throws wire_closed when the handshake fails.
    static wire to_tls(std::uint16_t port, tls_side side = {});
    ~wire();
    wire(wire&&) noexcept;
    wire& operator=(wire&&) noexcept;

    // Server side of a handshake with this certificate.
    void accept_tls(const std::string& certificate_pem, const std::string& key_pem);

    // Throws wire_closed, or wire_timeout when the peer takes nothing.
    void send(std::string_view bytes);
    // Sends as much as the peer takes until it has taken nothing for this long; the number of bytes.
    std::size_t send_until_full(std::string_view again_and_again, std::chrono::milliseconds quiet);

    // At least one byte. Empty: the peer has ended its half.
    std::string receive_some();
    // Everything up to and with this text.
    std::string receive_until(std::string_view mark);
    std::string receive_exactly(std::size_t size);
    // As receive_exactly() and receive_until(), for more than a test should keep.
    void discard(std::size_t size);
    std::size_t discard_until(std::string_view mark);
    // Until the peer ends its half, or resets.
    std::string receive_all();
    // Whether the peer ends the connection without another byte; waits for it.
    bool ends();
    // Whether nothing arrives for this long.
    bool is_silent_for(std::chrono::milliseconds time);

    // One message, body and all; throws wire_closed when it is cut short.
    wire_message receive_message(reading how = reading::usual);
    std::string receive_head() { return receive_until("\r\n\r\n"); }
    // A chunk's data; empty: it was the last one (trailers are left).
    std::string receive_chunk();

    void finish_sending(); // the peer sees the end, we go on reading
    void reset();          // the peer sees a reset
    void close();

    std::string tls_version() const;      // "TLSv1.3"
    std::string peer_common_name() const; // of the certificate the server showed
    // Bytes that were received and not used.
    const std::string& rest() const { return buffer_; }

private:
    bool fill(); // false: end

    int socket_ = -1;
    std::shared_ptr<SSL_CTX> context_;
    std::shared_ptr<SSL> tls_;
    std::string buffer_;
};

} // namespace sekisho::test
