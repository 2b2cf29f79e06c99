// SPDX-License-Identifier: Apache-2.0
#include "settings/network.hpp"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstddef>
#include <string>

namespace sekisho::settings
{

std::optional<network_form> network_of(std::string_view text)
{
    const auto slash = text.find('/');
    const std::string address(text.substr(0, slash));
    const bool is_v6 = address.contains(':');
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    if (inet_pton(is_v6 ? AF_INET6 : AF_INET, address.c_str(), bytes.data()) != 1)
        return std::nullopt;
    const int bits = is_v6 ? 128 : 32;
    network_form form{.prefix = bits, .has_zero_host = true};
    if (slash != std::string_view::npos)
    {
        const auto number = text.substr(slash + 1);
        const auto [end, failure] =
            std::from_chars(number.data(), number.data() + number.size(), form.prefix);
        if (failure != std::errc() || end != number.data() + number.size() || form.prefix < 0 ||
            form.prefix > bits)
            return std::nullopt;
    }
    for (int bit = form.prefix; bit < bits; ++bit)
        if ((bytes.at(static_cast<std::size_t>(bit / 8)) & (0x80 >> (bit % 8))) != 0)
            form.has_zero_host = false;
    return form;
}

} // namespace sekisho::settings
