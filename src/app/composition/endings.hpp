// SPDX-License-Identifier: Apache-2.0
#pragma once
// How sessions end, by the settings: session.application_sign_out, session.clear_site_data and the like.

#include "app/composition/provider.hpp"
#include "crypto/random.hpp"
#include "gateway/endpoint/ending_endpoints.hpp"
#include "gateway/sign_in/session_making.hpp"
#include "settings/model.hpp"

#include <vector>

namespace sekisho::app
{

// Problems are added to `found`. `secrets`: as of the session; `random` outlives the plan.
gateway::ending_plan endings_of(
    const settings::model& from,
    const std::vector<secret>& secrets,
    crypto::random_source& random,
    std::vector<composition_problem>& found
);

// What a session keeps of the ID token: where it is only for signing out and sessions live in cookies, a
// cookie of its own has it.
gateway::keep id_token_of(const settings::model& from);

} // namespace sekisho::app
