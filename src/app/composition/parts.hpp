// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings as the value types that the other folders take: they do not know settings, so that they can be
// read and tested alone.

#include "access/step_up.hpp"
#include "gateway/addresses.hpp"
#include "gateway/admission.hpp"
#include "gateway/endpoint/callback.hpp"
#include "identity/header_config.hpp"
#include "identity/mapping.hpp"
#include "server/limits.hpp"
#include "session/cookie_config.hpp"
#include "session/lifetimes.hpp"
#include "settings/effective.hpp"
#include "settings/model.hpp"

#include <vector>

namespace sekisho::app
{

gateway::addresses addresses_of(const settings::model& from);
// Error: value_malformed for trusted_proxies.
result<gateway::admission_rules> admission_of(const settings::server_settings& from);
// Without the mappings: there is one for each provider.
gateway::session_making making_of(const settings::model& from);
// Error: value_malformed for a path that is no pattern.
result<std::vector<access::step_up_rule>> step_ups_of(const settings::model& from);
identity::header_config headers_of(const settings::identity_settings& from);
identity::mapping_config mapping_of(const settings::effective_provider& of);
server::limits limits_of(const settings::server_settings& from);
session::cookie_config cookies_of(const settings::model& from);
// How long whose sessions last.
session::lifetimes lifetimes_of(const settings::model& from);
// Where the browser's connection is https: by public_url, else by our own certificate.
session::transport transport_of(const settings::server_settings& from);

} // namespace sekisho::app
