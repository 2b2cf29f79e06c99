// SPDX-License-Identifier: Apache-2.0
#pragma once
// One table out of several that are kept in files of their own.

#include <algorithm>
#include <array>
#include <cstddef>

namespace sekisho
{

// The rows of all parts, in their order.
template <class Row, std::size_t... Sizes>
consteval std::array<Row, (Sizes + ...)> joined(const std::array<Row, Sizes>&... parts)
{
    std::array<Row, (Sizes + ...)> all{};
    auto next = all.begin();
    ((next = std::ranges::copy(parts, next).out), ...);
    return all;
}

} // namespace sekisho
