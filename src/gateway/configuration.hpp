// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that one configuration makes and all workers share. Immutable, but for parts that synchronise
// themselves and say so. A request keeps the one it began with.

#include "access/administrators.hpp"
#include "access/policy.hpp"
#include "base/log.hpp"
#include "crypto/random.hpp"
#include "gateway/addresses.hpp"
#include "gateway/admission.hpp"
#include "gateway/authentication.hpp"
#include "gateway/endpoint/callback.hpp"
#include "gateway/endpoint/ending_endpoints.hpp"
#include "gateway/endpoint/without_provider.hpp"
#include "gateway/form/kept_forms.hpp"
#include "gateway/forward.hpp"
#include "gateway/renewal/renewal.hpp"
#include "gateway/sign_in/choice_cookie.hpp"
#include "gateway/sign_in/loop.hpp"
#include "gateway/sign_in/provider_choice.hpp"
#include "gateway/sign_in/used_sign_ins.hpp"
#include "gateway/test_page/ticket_cookie.hpp"
#include "identity/header_config.hpp"
#include "provider/registry.hpp"
#include "session/keeper.hpp"
#include "session/sign_in_cookies.hpp"
#include "upstream/destination.hpp"

#include <memory>

namespace sekisho::gateway
{

struct configuration
{
    addresses ours;
    admission_rules admission;
    access::policy policy;
    session_making making;
    std::shared_ptr<session::keeper> sessions;
    std::shared_ptr<renewal> renewals; // of their tokens
    authentication_rules recheck;
    session::sign_in_cookies sign_ins;
    ending_plan endings;
    choice_cookie choices;
    loop_cookie loops;
    kept_forms forms;
    without_provider beside;       // the provider: local.restore
    crypto::key_ring test_tickets; // of the purpose test_ticket_purpose
    ticket_cookie ticket_in_browser;
    access::administrators administrators;
    identity::header_config headers;
    forward_rules forwarding;
    std::shared_ptr<const upstream::destination> destination;
    std::shared_ptr<provider::registry> providers; // survives a reload that does not change the providers
    provider_offers offers;                        // of the same providers, in the same order
    std::shared_ptr<used_sign_ins> used;           // survives every reload
    crypto::random_source& random;
    log::format log_format = log::format::json;
    bool logs_access = true;
};

} // namespace sekisho::gateway
