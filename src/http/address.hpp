// SPDX-License-Identifier: Apache-2.0
#pragma once
// IP addresses and networks as values, without sockets.

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sekisho::http
{

// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (::ffff:192.0.2.1) is the IPv4 address.
class address
{
public:
    address() = default; // "::"
    explicit address(const std::array<unsigned char, 4>& v4) noexcept;
    explicit address(const std::array<unsigned char, 16>& v6) noexcept : bytes_(v6) {}

    // Dotted decimal without leading zeros, or RFC 4291, 2.2, without zone and without brackets.
    // Error: value_malformed.
    static result<address> parse(std::string_view text);
    // The same without a reason, which costs nothing. nullopt: not an address.
    static std::optional<address> read(std::string_view text) noexcept;

    bool is_v4() const noexcept;
    // Sixteen bytes in network order; IPv4 is mapped.
    const std::array<unsigned char, 16>& bytes() const noexcept { return bytes_; }
    friend bool operator==(const address&, const address&) = default;

private:
    std::array<unsigned char, 16> bytes_{};
};

// An address as text without allocation: at most 45 characters.
struct address_text
{
    std::array<char, 46> characters{};
    std::uint8_t size = 0;
    std::string_view view() const noexcept { return {characters.data(), size}; }
};

// RFC 5952: lower case, shortest.
address_text to_text(const address& value) noexcept;

// A network such as 10.0.0.0/8 or 2001:db8::/32.
class cidr
{
public:
    // A single address is a network of one. Bits behind the prefix must be zero. Error: value_malformed.
    static result<cidr> parse(std::string_view text);

    bool contains(const address& candidate) const noexcept;
    // Whether every address of its family is in it.
    bool is_everybody() const noexcept { return prefix_ == (base_.is_v4() ? 96 : 0); }

private:
    address base_;
    int prefix_ = 128; // in bits of the sixteen bytes
};

} // namespace sekisho::http
