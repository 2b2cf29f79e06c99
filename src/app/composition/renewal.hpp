// SPDX-License-Identifier: Apache-2.0
#pragma once
// How sessions are renewed, by the settings.

#include "gateway/renewal/renewal.hpp"
#include "gateway/renewal/turn.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "gateway/sign_in/session_making.hpp"
#include "session/keeper.hpp"
#include "settings/model.hpp"

#include <memory>

namespace sekisho::app
{

struct foundation;

// Which tokens a session keeps for its renewals, beside those that the application wants.
void keep_for_renewal(gateway::session_making& making, const settings::session_settings& from);

gateway::renewal_rules renewal_rules_of(const settings::session_settings& from);

// How long one renewal may take in all, by the time-outs of the providers' calls: a lock that ran out before
// would have the refresh token used twice.
gateway::turn_rules turns_of(const settings::model& from);

// What a renewal is made with beside the settings.
struct renewal_ground
{
    const gateway::session_making& making;
    std::shared_ptr<provider::registry> providers;
    const gateway::provider_offers& offers;
    std::shared_ptr<session::keeper> sessions;
};

std::shared_ptr<gateway::renewal>
renewal_of(const settings::model& from, const foundation& on, renewal_ground with);

} // namespace sekisho::app
