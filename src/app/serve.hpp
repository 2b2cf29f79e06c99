// SPDX-License-Identifier: Apache-2.0
#pragma once
// `sekisho serve`: runs the gate until a signal ends it.

#include "app/settings_source.hpp"

namespace sekisho::app
{

// `first` is usable and came from `source`, which SIGHUP asks again. Returns the exit status.
int serve(const settings_source& source, const settings::loaded& first);

} // namespace sekisho::app
