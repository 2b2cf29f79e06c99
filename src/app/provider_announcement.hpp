// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the log of a start, and of a reload, says about the providers.

#include "settings/load.hpp"

namespace sekisho::app
{

// A line for each: who signs people in, and what is known of them without anybody having said it.
void announce_providers(const settings::loaded& from);

// A line for each that has a profile: what is demanded of it, and what that turned on.
void announce_profiles(const settings::loaded& from);

} // namespace sekisho::app
