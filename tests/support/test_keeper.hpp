// SPDX-License-Identifier: Apache-2.0
#pragma once
// A keeper over sealed cookies, with its notes in this process, as composition makes one without Redis.

#include "session/cookie_store.hpp"
#include "session/keeper.hpp"
#include "session/memory_shelf.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace sekisho::test
{

struct keeper_plan
{
    session::cookie_config cookies{};
    session::keeper_rules rules{};
    std::vector<secret> secrets{secret("a secret of more than thirty-two bytes")};
    std::shared_ptr<session::shelf> shelf = nullptr; // null: one of its own
    std::shared_ptr<session::ended_sessions> ended = nullptr;
    session::ending_hook on_ending{};
};

inline std::shared_ptr<session::keeper> make_keeper(keeper_plan plan, crypto::random_source& random)
{
    if (!plan.shelf)
        plan.shelf = std::make_shared<session::memory_shelf>();
    if (!plan.ended)
        plan.ended = std::make_shared<session::ended_sessions>();
    auto renewed = std::make_shared<session::handover>(
        plan.shelf, crypto::key_ring(plan.secrets, "session_handover"), random
    );
    auto store = std::make_shared<session::cookie_store>(
        plan.cookies, crypto::key_ring(plan.secrets, "session"), random, std::move(renewed)
    );
    return std::make_shared<session::keeper>(
        std::move(store),
        std::move(plan.shelf),
        std::move(plan.ended),
        crypto::key_ring(plan.secrets, "session_note"),
        plan.secrets,
        std::move(plan.rules),
        std::move(plan.on_ending),
        random
    );
}

} // namespace sekisho::test
