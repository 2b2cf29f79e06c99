// SPDX-License-Identifier: Apache-2.0
#include "provider/refreshed.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace sekisho::provider
{

double jitter(crypto::random_source& random)
{
    std::array<std::byte, 4> drawn{};
    random.fill(drawn);
    std::uint32_t value = 0;
    for (const auto each : drawn)
        value = (value << 8U) | std::to_integer<std::uint32_t>(each);
    return static_cast<double>(value) / 4294967296.0;
}

} // namespace sekisho::provider
