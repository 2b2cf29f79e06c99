// SPDX-License-Identifier: Apache-2.0
#include "http/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <span>

namespace sekisho::http
{
namespace
{

constexpr std::array<unsigned char, 12> mapped_prefix{
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff
}; // RFC 4291, 2.5.5.2

// -1: not a number of at most three digits.
int small_number(std::string_view text) noexcept
{
    int value = -1;
    if (text.empty() || text.size() > 3 || text.front() == '-')
        return -1;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() ? value : -1;
}

bool bit(const address& value, int index) noexcept
{
    const unsigned byte = value.bytes()[static_cast<std::size_t>(index / 8)];
    return (byte >> (7 - index % 8) & 1U) != 0;
}

} // namespace

address::address(const std::array<unsigned char, 4>& v4) noexcept
{
    std::ranges::copy(mapped_prefix, bytes_.begin());
    std::ranges::copy(v4, bytes_.begin() + mapped_prefix.size());
}

std::optional<address> address::read(std::string_view text) noexcept
{
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    std::ranges::copy(text, terminated.begin());
    std::array<unsigned char, 4> v4{};
    if (inet_pton(AF_INET, terminated.data(), v4.data()) == 1)
        return address(v4);
    std::array<unsigned char, 16> v6{};
    if (inet_pton(AF_INET6, terminated.data(), v6.data()) == 1)
        return address(v6);
    return std::nullopt;
}

result<address> address::parse(std::string_view text)
{
    if (const std::optional<address> read_one = read(text))
        return *read_one;
    return fail(
        errc::value_malformed, "address", "\"" + std::string(text) + "\" is not an IPv4 or IPv6 address"
    );
}

bool address::is_v4() const noexcept
{
    return std::ranges::equal(mapped_prefix, std::span(bytes_).first<12>());
}

address_text to_text(const address& value) noexcept
{
    address_text text;
    if (value.is_v4())
    {
        // By hand: this is written for every request, and inet_ntop formats with printf.
        char* at = text.characters.data();
        for (std::size_t index = mapped_prefix.size(); index < value.bytes().size(); ++index)
        {
            at = std::to_chars(at, at + 3, static_cast<unsigned>(value.bytes()[index])).ptr;
            *at++ = '.';
        }
        text.size = static_cast<std::uint8_t>(at - 1 - text.characters.data());
        return text;
    }
    inet_ntop(AF_INET6, value.bytes().data(), text.characters.data(), text.characters.size());
    text.size = static_cast<std::uint8_t>(std::string_view(text.characters.data()).size());
    return text;
}

result<cidr> cidr::parse(std::string_view text)
{
    const auto refuse = [&](std::string_view reason)
    { return fail(errc::value_malformed, "cidr", "\"" + std::string(text) + "\": " + std::string(reason)); };
    const std::size_t slash = text.find('/');
    const std::optional<address> base = address::read(text.substr(0, slash));
    if (!base)
        return refuse("expected a network such as 10.0.0.0/8 or 2001:db8::/32");
    cidr network;
    network.base_ = *base;
    if (slash == std::string_view::npos)
        return network;
    const bool is_dotted = text.find(':') == std::string_view::npos;
    const int prefix = small_number(text.substr(slash + 1));
    if (prefix < 0 || prefix > (is_dotted ? 32 : 128))
        return refuse(is_dotted ? "the prefix must be 0 to 32" : "the prefix must be 0 to 128");
    network.prefix_ = prefix + (is_dotted ? 96 : 0);
    for (int index = network.prefix_; index < 128; ++index)
        if (bit(network.base_, index))
            return refuse("bits behind the prefix are set; write the network's first address");
    return network;
}

bool cidr::contains(const address& candidate) const noexcept
{
    if (candidate.is_v4() != base_.is_v4())
        return false; // "::/0" holds no IPv4 address
    const auto whole = static_cast<std::size_t>(prefix_ / 8);
    if (!std::equal(base_.bytes().begin(), base_.bytes().begin() + prefix_ / 8, candidate.bytes().begin()))
        return false;
    const int rest = prefix_ % 8;
    return rest == 0 || (base_.bytes()[whole] ^ candidate.bytes()[whole]) >> (8 - rest) == 0;
}

} // namespace sekisho::http
