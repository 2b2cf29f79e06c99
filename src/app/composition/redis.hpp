// SPDX-License-Identifier: Apache-2.0
#pragma once
// The settings of the section redis as what redis_shelf takes.

#include "app/composition/provider.hpp"
#include "session/redis_shelf.hpp"
#include "settings/model.hpp"

#include <expected>
#include <vector>

namespace sekisho::app
{

// Everything, or every problem with its setting. Opens nothing but the files that are named.
std::expected<session::redis_shelf_configuration, std::vector<composition_problem>>
redis_shelf_of(const settings::redis_settings& from, const file_reader& read);

// The digest of what redis_shelf_of() would make: when it is the same after a reload, the shelf may live on.
std::string fingerprint_of(const settings::redis_settings& from, const file_reader& read);

} // namespace sekisho::app
