// SPDX-License-Identifier: Apache-2.0
#pragma once
// local.restore going on and off: its password is made once, told once, and its sessions end with it.

#include "base/metric.hpp"
#include "gateway/endpoint/local_sign_in.hpp"
#include "gateway/local/local_restore.hpp"
#include "session/keeper.hpp"
#include "settings/model.hpp"

#include <memory>

namespace sekisho::app
{

struct local_mode
{
    std::shared_ptr<gateway::local_restore> state; // null: off
    secret fresh; // the password, when it was just made; empty: it is known already
};

// `now` stays while the mode stays on.
local_mode
next_local_mode(const std::shared_ptr<gateway::local_restore>& now, const settings::local_settings& wanted);

// Marks every log line, sets `is_on` (sekisho_local_restore), and writes a fresh password to the log: the
// only secret that ever stands there.
void tell(const local_mode& mode, const settings::model& with, metric::gauge& is_on);

// When the mode has gone off: the cookies open no more anyway, but WebSockets are open still.
net::task<void>
end_local_sessions(std::shared_ptr<session::keeper> sessions, gateway::local_person person, time_point now);

} // namespace sekisho::app
