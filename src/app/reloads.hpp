// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings that are read again while the gate runs.

#include "app/gate.hpp"
#include "app/settings_source.hpp"
#include "net/task.hpp"

namespace sekisho::app
{

// One reload after another; those that are asked for meanwhile are one more. Outlives the gate, whose
// coroutines refer to it.
class reloads
{
public:
    explicit reloads(const settings_source& source) : source_(source) {}

    // Reads everything again beside the control worker, on which this runs, and puts it to use; settings that
    // cannot be used change nothing. The log says what came of it. Returns at once while that is going on.
    net::task<void> run(gate& running);

private:
    const settings_source& source_;
    bool is_running_ = false;
    bool is_wanted_ = false;
};

} // namespace sekisho::app
