// SPDX-License-Identifier: Apache-2.0
#pragma once
// What most tests of the shell include. Nobody includes this file: the build does, where it saves time.

#include "net/precompiled.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>
