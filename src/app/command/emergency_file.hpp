// SPDX-License-Identifier: Apache-2.0
#pragma once
// emergency.file on the disk: read whole, written whole, never half, and readable for its owner alone.

#include "emergency/register.hpp"

#include <memory>
#include <string>

namespace sekisho::app
{

// Whether a file that is not there is a mistake, or becomes a new one.
enum class missing_file : std::uint8_t
{
    is_an_error, // for the gate
    is_empty,    // for the command that writes the first
};

// Several processes may change it: a lock on its directory keeps them apart. It keeps its owner. Blocks for
// as long as a disk takes.
std::shared_ptr<emergency::people_register> emergency_file(std::string name, missing_file when_missing);

} // namespace sekisho::app
