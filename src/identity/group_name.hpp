// SPDX-License-Identifier: Apache-2.0
#pragma once
// Groups that are written as something else than a name: as an entry of a directory, as a path.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::identity
{

// A group that is a path, as Keycloak's "/staff/tokyo".
enum class path_groups : std::uint8_t
{
    keep,
    strip_slash, // "staff/tokyo"
    last,        // "tokyo"; "/kiosk/admins" and "/it/admins" are then one group
};

// What a distinguished name (RFC 4514) begins with: "staff, all" of "CN=staff\, all,OU=groups,DC=example".
// nullopt: it does not begin with a CN that is a text, or breaks the rules.
std::optional<std::string> common_name(std::string_view distinguished_name);

// A text without a slash at its beginning is no path and stays. A slash behind "~" belongs to a name
// (Keycloak's escape).
std::string shortened(std::string_view group, path_groups how);

} // namespace sekisho::identity
