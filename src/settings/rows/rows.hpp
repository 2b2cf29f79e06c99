// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rows of the table by section, each in its file rows_<section>.cpp.

#include "settings/table.hpp"

#include <span>

namespace sekisho::settings
{

std::span<const row> oidc_rows();
std::span<const row> server_rows();  // and upstream
std::span<const row> session_rows(); // and redis
std::span<const row> identity_rows();
std::span<const row> access_rows(); // and local, emergency, admin and log

} // namespace sekisho::settings
