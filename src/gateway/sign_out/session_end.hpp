// SPDX-License-Identifier: Apache-2.0
#pragma once
// The end of the session that a request came with: here at once, and everywhere as soon as the store knows.

#include "gateway/context.hpp"
#include "gateway/sign_in/loop.hpp"
#include "gateway/sign_out/hint_cookie.hpp"
#include "http/fields.hpp"
#include "net/task.hpp"
#include "session/keeper.hpp"
#include "session/opened_cache.hpp"

#include <span>

namespace sekisho::gateway
{

// One per worker.
class session_end
{
public:
    // All outlive it; `opened`: of this worker.
    session_end(
        session::keeper& sessions,
        session::opened_cache& opened,
        const hint_cookie& hints,
        const loop_cookie& loops
    )
        : sessions_(sessions), opened_(opened), hints_(hints), loops_(loops)
    {
    }

    // Nothing happens without a session. A store that is down is logged only: the others learn it when it is
    // back.
    net::task<void> end(const context& about);

    // What takes every cookie of a session away that `request` shows.
    session::set_cookies cookies(std::span<const http::field> request) const;

private:
    session::keeper& sessions_;
    session::opened_cache& opened_;
    const hint_cookie& hints_;
    const loop_cookie& loops_;
};

} // namespace sekisho::gateway
