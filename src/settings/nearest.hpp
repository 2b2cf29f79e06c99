// SPDX-License-Identifier: Apache-2.0
#pragma once
// What somebody who wrote an unknown name probably meant.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::settings
{

// How many characters must be added, left out, replaced or swapped with their neighbour to get from one to
// the other.
std::size_t edit_distance(std::string_view left, std::string_view right);

// The candidate nearest to `name` when at most a third of the characters differ; nullopt: none is near.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);

// The path of the setting that was probably meant: the same name in another section, else the nearest path.
std::optional<std::string> nearest_setting(std::string_view path);

// "; did you mean oidc.issuer?" or where all names can be found.
std::string advice(const std::optional<std::string>& meant);

} // namespace sekisho::settings
