// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where sessions live, by the settings: the shelf, the store on it, and the keeper of both.

#include "app/composition/provider.hpp"
#include "crypto/random.hpp"
#include "session/cookie_meter.hpp"
#include "session/keeper.hpp"
#include "session/memory_shelf.hpp"
#include "session/redis_shelf.hpp"
#include "settings/model.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sekisho::app
{

struct foundation;

// A shelf and what it was made from.
struct live_shelf
{
    std::string from; // its settings as text
    std::shared_ptr<session::shelf> one;
    std::shared_ptr<session::memory_shelf> memory; // the same; null: it is shared with other replicas
    std::shared_ptr<session::redis_shelf> redis;   // the same; null: it is this process's own
};

// The current secret first.
std::vector<secret> secrets_of(const settings::session_settings& from, const secret& random_secret);

// `before` lives on when its settings are the same; one in memory also when its limit is another, which needs
// a restart then. Never null; problems are added to `found`. A shelf on Redis is not connected yet.
std::shared_ptr<live_shelf> shelf_of(
    const settings::model& from,
    const foundation& on,
    const std::shared_ptr<live_shelf>& before,
    std::vector<composition_problem>& found
);

// In the log: after a reload sessions are looked for elsewhere, and what was kept there stays there.
void tell_of_other_shelf(const live_shelf& before, const live_shelf& now);

// What a keeper is made with beside the settings; `random` outlives it.
struct keeper_ground
{
    const std::vector<secret>& secrets;
    std::shared_ptr<session::shelf> shelf;
    std::shared_ptr<session::ended_sessions> ended;
    session::ending_hook on_ending;
    crypto::random_source& random;
    std::shared_ptr<session::cookie_meter> meter{}; // null: nobody is told of cookies
};

// Sessions that the last run wrote down (session.memory_file), and the writing at the end of this one. What
// cannot be read or written is said in the log; the rest goes on. Both block: before and after the workers.
void load_sessions(const settings::model& from, const foundation& on, const live_shelf& into);
void save_sessions(const settings::model& from, const foundation& on, const live_shelf& shelf);

std::shared_ptr<session::keeper> keeper_of(const settings::model& from, keeper_ground on);

} // namespace sekisho::app
