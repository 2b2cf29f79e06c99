// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions that begin in the second in which the person's others were ended.

#include "base/time.hpp"
#include "net/task.hpp"
#include "session/keeper.hpp"
#include "session/session.hpp"

namespace sekisho::gateway
{

// Endings count whole seconds and mean every session of the person that had begun by then: who signs in
// within that second waits for the next, and the session begins there. Nothing happens to everybody else.
net::task<void> begin_afterwards(session::keeper& sessions, session::session& made, time_point now);

} // namespace sekisho::gateway
