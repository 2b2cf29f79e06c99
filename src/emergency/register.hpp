// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the people are kept while the gate runs; an interface, for it is a file (app/command/emergency_file).

#include "emergency/people.hpp"

#include <functional>

namespace sekisho::emergency
{

// Thread-safe; a change sees what everybody else, other processes included, changed before.
class people_register
{
public:
    virtual ~people_register() = default;

    // Errors: emergency_unavailable, the detail says why.
    virtual result<people> read() = 0;

    enum class after : std::uint8_t
    {
        keep,        // what `change` made of them is written
        leave_alone, // nothing changed
    };
    using change = std::function<result<after>(people&)>;
    // Errors: those of `what`, which then changes nothing, and emergency_unavailable.
    virtual result<void> update(const change& what) = 0;
};

} // namespace sekisho::emergency
