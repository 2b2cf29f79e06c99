// SPDX-License-Identifier: Apache-2.0
#include "settings/nearest.hpp"

#include "settings/table.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace sekisho::settings
{

std::size_t edit_distance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> above(right.size() + 1);
    std::vector<std::size_t> current(right.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t row = 1; row <= left.size(); ++row)
    {
        current[0] = row;
        for (std::size_t column = 1; column <= right.size(); ++column)
        {
            const std::size_t replaced = left[row - 1] == right[column - 1] ? 0 : 1;
            current[column] =
                std::min({above[column] + 1, current[column - 1] + 1, above[column - 1] + replaced});
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] &&
                left[row - 2] == right[column - 1])
                current[column] = std::min(current[column], before[column - 2] + 1);
        }
        before.swap(above);
        above.swap(current);
    }
    return above.back();
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates)
{
    constexpr std::size_t longest = 64; // of a name worth comparing
    if (name.size() > longest)
        return std::nullopt;
    std::optional<std::string> best;
    auto least = std::max<std::size_t>(name.size() / 3, 2) + 1;
    for (const auto& candidate : candidates)
        if (const auto distance = edit_distance(name, candidate); distance < least)
        {
            least = distance;
            best = candidate;
        }
    return best;
}

std::optional<std::string> nearest_setting(std::string_view path)
{
    const auto leaf = path.substr(path.rfind('.') + 1);
    std::vector<std::string> paths;
    for (const auto& row : table())
    {
        if (row.name() == leaf)
            return std::string(row.path);
        paths.emplace_back(row.path);
        for (const auto& each : twins)
            if (row.takes(each.gives))
                paths.push_back(std::string(row.path).append(each.path_end));
    }
    return nearest(path, paths);
}

std::string advice(const std::optional<std::string>& meant)
{
    if (meant)
        return "; did you mean " + *meant + "?";
    return "; `sekisho config reference` lists all settings";
}

} // namespace sekisho::settings
